"""Which family of measures goes to which level."""

from dataclasses import replace

import pytest

from shouwang.policy import load
from shouwang.policy.measures import families
from shouwang.terms.errors import ProgrammingError

PARAMETERS = load("kunming-2020").parameters


def _families(second: str) -> str:
    chosen = replace(PARAMETERS["family_of_level_ii"], value=second)
    return "".join(names[0] for _, names in sorted(families({"family_of_level_ii": chosen}).items()))


def test_families_in_the_order_of_the_plan() -> None:
    assert "".join(names[0] for _, names in sorted(load("kunming-2020").measures.items())) == "扶带帮引提"


def test_families_switched() -> None:
    assert _families("帮") == "扶帮带引提"


def test_families_wrong_switch_names_file_and_cure() -> None:
    with pytest.raises(ProgrammingError, match=r"measures.yaml:\d+: Ⅱ级的帮扶方式是 '引' → 写 带 或 帮"):
        _families("引")


def test_level_names_of_all_five() -> None:
    assert [names[0] for _, names in sorted(load("kunming-2020").level_names.items())] == [
        "返贫致贫户",
        "兜底保障户",
        "突发致返贫风险户",
        "内生动力或发展能力不足户",
        "稳定增收致富户",
    ]
