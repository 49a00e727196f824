"""Forms of names."""

import pyarrow as pa
import pytest

from shouwang.screening.linkage.names import forms, is_han, look_alikes


def form(kind: str, name: str) -> str | None:
    table: pa.Table = forms([name])
    value: str | None = table[kind][0].as_py()
    return value


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("張國榮", "张国荣"),
        ("李 明", "李明"),
        ("阿依古丽·买买提", "阿依古丽买买提"),
        ("阿依古丽•买买提", "阿依古丽・买买提"),
        ("ＷＡＮＧ  Ming", "wang ming"),
        ("O'Brien", "obrien"),
        ("Smith-Jones", "smith jones"),
    ],
)
def test_folded_names_are_equal(one: str, other: str) -> None:
    assert form("name", one) == form("name", other)


@pytest.mark.parametrize(("one", "other"), [("王小明", "汪晓铭"), ("陈静", "程晶"), ("张伟", "章炜")])
def test_sounds_are_equal_without_tones_and_nearly(one: str, other: str) -> None:
    assert form("sound", one) == form("sound", other)
    assert form("name", one) != form("name", other)


def test_shapes_of_look_alikes_are_equal() -> None:
    assert form("shape", "李己") == form("shape", "季巳")
    assert form("shape", "李己") != form("shape", "李乙")


def test_nothing_left_is_unknown() -> None:
    assert forms([" ", "·"]).to_pydict() == {
        "written": [" ", "·"], "name": [None, None], "sound": [None, None], "shape": [None, None],
    }  # fmt: skip


def test_forms_of_no_names() -> None:
    assert forms([]).num_rows == 0


def test_look_alikes_stand_in_one_group_only() -> None:
    firsts = set(look_alikes().values())
    assert not firsts & {chr(code) for code in look_alikes()}
    assert all(is_han(chr(code)) for code in look_alikes())
