"""Which month a title or a file name speaks of."""

import pytest

from shouwang.screening.intake.months import MonthOf, is_of_month, months_in
from shouwang.terms.period import Month

JUNE = {Month(2020, 6)}


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("昆明市2020年6月保险理赔明细", JUNE),
        ("2020 年 6 月", JUNE),
        ("２０２０年０６月份", JUNE),
        ("二〇二〇年六月", JUNE),
        ("二零二零年十二月", {Month(2020, 12)}),
        ("2020年十月", {Month(2020, 10)}),
        ("2020-06", JUNE),
        ("2020.6", JUNE),
        ("理赔202006", JUNE),
        ("2020年6月\n制表日期：2020年7月3日", JUNE),
        ("2019-12 2020-01", {Month(2019, 12), Month(2020, 1)}),
        ("制表日期：2020-07-03", set()),
        ("2020年度", set()),
        ("20200618", set()),
        ("昆明市", set()),
    ],
)
def test_months_in_a_text(text: str, months: set[Month]) -> None:
    assert months_in(text) == months


@pytest.mark.parametrize(
    ("own", "found"),
    [(10, MonthOf.ITS_OWN), (7, MonthOf.ITS_OWN), (6, MonthOf.TWO), (5, MonthOf.TWO), (4, MonthOf.OTHER)],
)
def test_file_of_its_own_month_of_two_or_of_another(own: int, found: MonthOf) -> None:
    assert is_of_month(own, of=10) is found


def test_one_late_entry_in_a_short_file_is_no_second_month() -> None:
    assert is_of_month(2, of=3) is MonthOf.ITS_OWN
