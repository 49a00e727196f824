"""The facts: what a specification must say."""

import re

import pytest

from shouwang.rules.vocabulary import FactSpec, Kind, Vocabulary
from shouwang.terms.errors import ProgrammingError

MEMBERS = FactSpec("members", Kind.NUMBER, "人口", "members", unit="人")


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: FactSpec("x", Kind.NUMBER, "x", "x", unit="美元"), "unknown unit"),
        (lambda: FactSpec("x", Kind.NUMBER, "x", "x", unit="元", scale=3), "scale 是 3"),
        (lambda: FactSpec("x", Kind.NUMBER, "x", "x", unit="元", scale=0), "scale 是 0"),
        (lambda: FactSpec("x", Kind.CATEGORY, "x", "x"), "没有选项"),
        (lambda: FactSpec("x", Kind.SET, "x", "x", options={"?": ("?", "?")}), "perhaps more"),
        (lambda: Vocabulary((MEMBERS, MEMBERS)), "重名.*members"),
    ],
)
def test_specification_refused(build, message):
    with pytest.raises(ProgrammingError, match=f"{re.escape(__file__)}:\\d+: .*{message}"):
        build()


def test_facts_are_found_by_name():
    vocabulary = Vocabulary((MEMBERS,))
    assert vocabulary["members"] is MEMBERS
    assert vocabulary.get("labour") is None
    assert "members" in vocabulary
    assert list(vocabulary) == [MEMBERS]
    assert vocabulary.names == ("members",)
    with pytest.raises(KeyError, match="labour"):
        vocabulary["labour"]
