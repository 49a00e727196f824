"""The lunar calendar."""

from shouwang.screening.linkage.lunar import lunar_days

DAYS = dict(zip(lunar_days()["solar"].to_pylist(), lunar_days()["lunar"].to_pylist(), strict=True))


def test_new_years_days_as_in_the_almanac() -> None:
    assert [DAYS[day] for day in ("19800216", "20000205", "20200125")] == ["19800101", "20000101", "20200101"]


def test_a_leap_month_repeats_its_number() -> None:
    assert (DAYS["20200522"], DAYS["20200523"]) == ("20200430", "20200401")


def test_days_before_new_year_belong_to_the_year_before() -> None:
    assert DAYS["19800215"] == "19791229"


def test_every_day_is_there_once() -> None:
    assert len(DAYS) == lunar_days().num_rows
    assert (min(DAYS), max(DAYS)) == ("19000131", "20301224")
