"""A habit is drawn once per file: what fits its size, and in many files everything there is."""

from collections import Counter

import numpy as np
import pytest

from shouwang.modelcity.damage import habits, written_dates, written_numbers
from shouwang.modelcity.damage.column_kinds import Kind
from shouwang.modelcity.damage.habits import Frame, Habit

SETTLEMENTS = {
    "姓名": Kind.NAME, "证件号码": Kind.ID, "就诊类别": Kind.LABEL, "结算日期": Kind.DATE,
    "总费用": Kind.MONEY, "基本医保支付": Kind.MONEY, "个人自付": Kind.MONEY, "天数": Kind.COUNT,
}  # fmt: skip
MANY = 600


def drawn(rows: int, count: int = MANY, kinds: dict[str, Kind] = SETTLEMENTS) -> list[Habit]:
    rng = np.random.default_rng(3)
    return [habits.draw("medical_settlements", kinds, rows=rows, cells=1.0, rng=rng) for _ in range(count)]


@pytest.mark.parametrize(
    ("rows", "suffixes"),
    [(5_000, {"xlsx", "xls", "csv", "txt"}), (60_000, {"xlsx", "csv", "txt"}), (60_001, {"csv", "txt"})],
)
def test_format_fits_the_size_of_the_file(rows: int, suffixes: set[str]) -> None:
    assert {habit.file.suffix for habit in drawn(rows)} == suffixes


def test_text_files_come_in_every_encoding_and_separator() -> None:
    text = [habit.file for habit in drawn(100_000)]
    assert {form.encoding for form in text} == {"utf-8", "utf-8-sig", "gb18030", "utf-16"}
    assert {form.separator for form in text} == {",", ";", "\t"}
    assert {form.line_end for form in text} == {"\n", "\r\n"}
    assert {form.all_quoted for form in text} == {True, False}
    assert {form.zipped for form in text} == {True, False}


def test_everything_around_the_rows_turns_up() -> None:
    frames = [habit.frame for habit in drawn(100)]
    for name in Frame.__dataclass_fields__:
        assert {bool(getattr(frame, name)) for frame in frames} == {True, False}


def test_sheets_stand_only_in_workbooks() -> None:
    for habit in drawn(100):
        assert habit.file.is_workbook or not (habit.frame.other_sheets or habit.frame.hidden_sheet)


def test_every_form_of_dates_and_amounts_turns_up() -> None:
    columns = [column for habit in drawn(100) for column in habit.columns]
    forms = {kind: {c.form for c in columns if c.kind is kind} for kind in Kind}
    assert forms[Kind.DATE] == {"", *list(written_dates.FORMS)[1:]}
    assert forms[Kind.MONEY] == {"", *list(written_numbers.MONEY)[1:]}
    assert forms[Kind.LABEL] == {"", "mixed"}
    assert {c.unit for c in columns if c.kind is Kind.MONEY} == {"", "元", "万元"}


def test_cells_are_stored_as_numbers_and_dates_only_in_workbooks() -> None:
    stored: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    for habit in drawn(100):
        stored[habit.file.is_workbook].update(column.stored for column in habit.columns)
    assert set(stored[True]) == {"text", "number", "date", "serial"}
    assert set(stored[False]) == {"text"}


def test_dates_stored_as_such_are_written_as_the_contract_has_them() -> None:
    columns = [c for habit in drawn(100) for c in habit.columns if c.stored in ("date", "serial")]
    assert {column.form for column in columns} == {""}


def test_headers_that_state_a_unit_have_amounts_in_no_other_form() -> None:
    columns = [c for habit in drawn(100) for c in habit.columns if c.unit]
    assert {column.form for column in columns} == {""}
    assert all(column.header.endswith(f"（{column.unit}）") for column in columns)


def test_headers_of_a_file_are_told_apart() -> None:
    kinds = {"日期": Kind.DATE, "变动日期": Kind.DATE, "户主姓名": Kind.NAME, "姓名": Kind.NAME}
    for habit in drawn(100, kinds=kinds):
        plain = ["".join(column.header.split()) for column in habit.columns]
        assert len(set(plain)) == len(plain)


def test_headers_are_synonyms_spaced_and_broken() -> None:
    headers = {column.header for habit in drawn(100) for column in habit.columns}
    assert {"姓名", "姓　名", "人员姓名", "身份证号", "结算\n日期", "个人自付金额"} <= headers


def test_groups_need_two_neighbours() -> None:
    assert habits.groups_of("medical_settlements", ["姓名", "证件号码", "总费用"]) == {"人员信息": ["姓名", "证件号码"]}
    assert habits.groups_of("vehicles", ["车型"]) == {}


def test_kinds_tell_what_was_done() -> None:
    for habit in drawn(100, 50):
        assert f"format:{habit.file.suffix}" in habit.kinds
        assert ("zipped" in habit.kinds) == habit.file.zipped
        assert ("two_row_header" in habit.kinds) == habit.frame.two_row_header
        assert ("traditional" in habit.kinds) == habit.traditional
