"""What a liaison is asked when a month looks unlike the one before, and when nothing is asked."""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from shouwang.screening.datasets import CATALOGUE
from shouwang.screening.receiving.comparing import changes, questions
from shouwang.screening.receiving.limits import DATED, Limits, limits_on

LIMITS = Limits()
INSURED, ACCIDENTS, HOUSING = (CATALOGUE[code] for code in ("medical_insurance", "accidents", "housing"))


def profile(rows: int = 1_000, **more: Any) -> dict[str, Any]:
    return {"rows": rows, "doubled": 0, "empty": {}, "days": {}, "amounts": {}, "labels": {}, "ids": {}} | more


def asked(now: dict[str, Any], before: dict[str, Any], dataset: Any = ACCIDENTS) -> list[str]:
    return changes(dataset, now, before, month="2020-05", limits=LIMITS)


def amounts(middle: str | None) -> dict[str, Any]:
    return {"amounts": {"borne": {"sum": "1.00", "middle": middle}}}


@pytest.mark.parametrize(
    ("now", "before", "question"),
    [
        (570, 1_000, "行数比 2020-05 少了 43 %（1,000 → 570），是否漏报？"),
        (700, 1_000, "行数比 2020-05 少了 30 %（1,000 → 700），是否漏报？"),
        (701, 1_000, None),
        (1_599, 1_000, None),
        (1_600, 1_000, "行数比 2020-05 多了 60 %（1,000 → 1,600），是否重复，或并入了别的月份？"),
        (0, 20, "行数比 2020-05 少了 100 %（20 → 0），是否漏报？"),
        (0, 19, None),
    ],
)
def test_rows(now: int, before: int, question: str | None) -> None:
    assert asked(profile(now), profile(before)) == ([question] if question else [])


def test_rows_of_a_state_say_nothing() -> None:
    assert asked(profile(3), profile(100_000), HOUSING) == []


@pytest.mark.parametrize(
    ("now", "before", "size"),
    [
        ("2000000.00", "200.00", "整体放大约 10,000 倍"),
        ("0.02", "200.00", "整体缩小为约 10,000 分之一"),
        ("30000.00", "200.00", "整体放大约 100 倍"),
        ("19999.99", "200.00", None),
        (None, "200.00", None),
        ("2000000.00", None, None),
    ],
)
def test_amounts(now: str | None, before: str | None, size: str | None) -> None:
    question = f"列“自担费用”的金额比 2020-05 {size}，单位是否写错（元、千元、万元）？"
    assert asked(profile(**amounts(now)), profile(**amounts(before))) == ([question] if size else [])


def test_labels_that_moved_are_told_as_departments_write_them() -> None:
    now, before = ({"labels": {"status": {"insured": insured, "not": 1 - insured}}} for insured in (0.7, 0.95))
    assert asked(profile(**now), profile(**before), INSURED) == [
        "列“参保状态”中“参保”由 2020-05 的 95 % 变为 70 %，是否属实？",
        "列“参保状态”中“未参保”由 2020-05 的 5 % 变为 30 %，是否属实？",
    ]
    assert asked(profile(**before), profile(**before), INSURED) == []


def test_empty_cells_and_strangers() -> None:
    now = profile(empty={"year": 0.3}, ids={"wrong": 0.0, "strangers": 0.6})
    before = profile(empty={"year": 0.05}, ids={"wrong": 0.0, "strangers": 0.1})
    assert asked(now, before, INSURED) == [
        "列“参保年度”的空格由 2020-05 的 5 % 增至 30 %，是否漏填？",
        "不在登记册里的人由 2020-05 的 10 % 增至 60 %，是否是别处的名单？",
    ]
    unknown = profile(empty={"year": 0.05}, ids={"wrong": 0.0, "strangers": None})
    assert asked(unknown, before, INSURED) == asked(before, unknown, INSURED) == []


def test_month_by_itself() -> None:
    odd = profile(100, empty={"year": 1.0}, doubled=6)
    assert questions(INSURED, odd, LIMITS) == [
        "列“参保年度”全部为空，是否漏填？",
        "6 行与别的行完全相同，是否重复导出？",
    ]
    assert questions(INSURED, profile(100, empty={"year": 0.99}, doubled=5), LIMITS) == []
    assert questions(INSURED, profile(0, empty={"year": 1.0}), LIMITS) == []
    assert questions(ACCIDENTS, profile(0), LIMITS) == ["一行数据也没有，这个月确实没有发生吗？"]
    assert questions(HOUSING, profile(0), LIMITS) == []


def test_limits_are_those_in_force_on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    later = replace(LIMITS, bad_rows=Fraction(1, 10))
    monkeypatch.setitem(DATED, date(2021, 1, 1), later)  # type: ignore[arg-type]
    days = (date(2018, 1, 1), date(2020, 12, 31), date(2021, 1, 1))
    assert [limits_on(day) for day in days] == [LIMITS, LIMITS, later]
