"""A month that was not delivered is unknown, not "nothing happened"; and nothing is read from the future."""

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from shouwang.areas import AreaCode
from shouwang.screening.datasets import CATALOGUE
from tests.support.city import ROLLS, City, extract, village_cells
from tests.support.reference import disagreements
from tests.support.screened import JUNE, Run, screened

FEEDS = {
    "medical_settlements": ("medical_spending",),
    "insurance_claims": ("insurance_claims",),
    "medical_insurance": ("uninsured_members",),
    "school_roll": ("out_of_school",),
    "school_fees": ("school_spending",),
    "disability_cards": ("disability_grade_new",),
    "social_assistance": ("support",),
    "employment": ("refusals", "idle_months"),
    "housing": ("housing_grade",),
    "water": ("water_safe",),
    "disaster_losses": ("disaster_loss",),
    "accidents": ("accident_spending", "labour_lost"),
    "vital_events": ("earner_lost",),
    "loans": ("overdue_days",),
    "visits": ("expected_spending",),
}
"""datasets.md: which facts a dataset feeds. Asset flags are told apart below: they are a set that may be more."""
SEEN = {"expected_spending", "earner_lost"}
"""Of the busy home: what was foreseen is foreseen, who is in prison is in prison, whatever else a month may hold."""
MISSING = {  # half of them in one run, the other half in the next: what is unknown in one is known in the other
    "one half": {
        "medical_settlements": ["2019-07"],
        "medical_insurance": ["2020-05", "2020-06"],
        "school_fees": ["2020-06"],
        "social_assistance": ["2020-05", "2020-06"],
        "housing": ["2020-02"],
        "accidents": ["2019-12"],
        "loans": ["2020-05", "2020-06"],
        "vehicles": ["2020-05", "2020-06"],
    },
    "the other half": {
        "insurance_claims": ["2019-07"],
        "school_roll": ["2020-06"],
        "disability_cards": ["2020-01"],
        "employment": ["2020-05", "2020-06"],
        "water": [f"{m:%Y-%m}" for m in (date(2019 + n // 12, n % 12 + 1, 1) for n in range(5, 18))],
        "disaster_losses": ["2020-06", "2020-01"],
        "vital_events": ["2020-06"],
        "visits": ["2019-09"],
    },
}
HALVES = list(MISSING)
MID_JUNE = date(2020, 6, 15)
"""June is not over, so that May is the last full month."""


def quiet_and_not() -> City:
    """A quiet home; and one of which every dataset has something to say."""
    city = City()
    city.home(city.person(), city.child())
    busy = city.home(city.person(), city.child())
    head, child = busy.people
    june = "2020-06-10"
    city.row("medical_settlements", "2020-06", head, 结算日期=june, 个人自付="1")
    city.row("insurance_claims", "2020-06", head, 赔付日期=june, 赔付金额="1")
    city.row("school_fees", "2020-05", child, 缴费日期="2020-05-01", 应缴金额="1", 资助金额="0")
    city.row("disability_cards", "2020-06", head, 残疾等级="三级", 发证日期=june, 业务="新办")
    city.roll("social_assistance", head, 救助类别="低保")
    city.row("disaster_losses", "2020-05", head, 发生日期="2020-05-01", 损失金额="1", 已获赔付="0")
    city.row("accidents", "2020-06", head, 事故日期=june, 自担费用="1", 预计停工天数="30")
    city.row("vital_events", "2020-05", head, 事件="服刑", 日期="2020-05-01")
    city.roll("loans", head, 逾期天数="1")
    city.roll("companies", head)
    city.visit(busy, "expected_spending", "1", date(2020, 6, 1))
    return city


@pytest.fixture(scope="module", params=HALVES)
def half(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Run]:
    folder = tmp_path_factory.mktemp("undelivered")
    city = quiet_and_not()
    city.undelivered = {(code, month) for code, months in MISSING[request.param].items() for month in months}
    return request.param, screened(city.write(folder / "city"), folder / "run")


def test_facts_of_an_undelivered_month_are_unknown_and_no_others(half: tuple[str, Run]) -> None:
    name, run = half
    unknown = {fact for code in MISSING[name] for fact in FEEDS.get(code, ())}
    known = {fact for facts in FEEDS.values() for fact in facts} - unknown
    for household, facts in run.facts.items():
        silent = {fact for fact in unknown | known if facts[fact] is None}
        assert silent == (unknown - SEEN if household == "H000002" else unknown), household


@pytest.mark.parametrize(("bad", "unknown"), [(1, False), (2, True)])
def test_roll_most_of_whose_rows_cannot_be_used_is_not_delivered(tmp_path: Path, bad: int, unknown: bool) -> None:
    city = City()
    homes = [city.home() for _ in range(3)]
    for home in homes:
        city.leave_out("medical_insurance", home.head)
    for home, status in zip(homes[:2], ["不明"] * bad + ["参保"] * (2 - bad), strict=True):
        city.roll("medical_insurance", home.head, 参保状态=status)
    if not unknown:
        city.roll("medical_insurance", homes[2].head, 参保状态="不明", 参保年度="2020")
        city.roll("medical_insurance", city.person(), 参保状态="参保")
    run = screened(city.write(tmp_path / "city"), tmp_path / "run")
    assert run.summary["undelivered"] == ({"medical_insurance": ["2020-06"]} if unknown else {})
    facts = [run.facts[home.household_id]["uninsured_members"] for home in homes]
    assert facts == ([None, None, None] if unknown else [None, 0, None])


def test_what_was_seen_stays_known(half: tuple[str, Run]) -> None:
    facts = half[1].facts
    assert facts["H000002"]["expected_spending"] == 1_00
    assert facts["H000002"]["earner_lost"] is True
    assert facts["H000001"]["fed_and_clothed"] is True


def test_summary_and_manifest_name_what_was_not_delivered(half: tuple[str, Run]) -> None:
    name, run = half
    never = {code for code in MISSING[name] if code in ROLLS or code == "water"}  # named by the month it is wanted for
    told = {code: ["2020-06"] if code in never else sorted(months) for code, months in MISSING[name].items()}
    assert run.summary["undelivered"] == told
    assert run.manifest["undelivered"] == told


def test_assets_may_be_more_where_a_roll_is_missing(half: tuple[str, Run]) -> None:
    name, run = half
    flags = [run.facts[h]["asset_flags"] for h in ("H000001", "H000002")]
    assert flags == ([["?"], ["?", "companies"]] if name == "one half" else [[], ["companies"]])


def test_days_of_broken_guarantees_are_unknown(half: tuple[str, Run]) -> None:
    """Days are unknown as long as any guarantee is, and none is known to be broken."""
    assert half[1].facts["H000001"]["guarantee_days"] is None


def test_nobody_is_green_on_unknown_facts(half: tuple[str, Run]) -> None:
    assert [v["status"] for v in half[1].verdicts.values()] == ["unverified", "graded"]
    assert half[1].verdicts["H000002"]["level"] != 5


def test_verdicts_are_the_reference(half: tuple[str, Run]) -> None:
    assert disagreements(half[1]) == {}


@pytest.fixture(scope="module")
def two_months(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Run, Run]:
    """One city with all that came later, and the same city as it was at the end of May; both in the middle of June."""
    folder = tmp_path_factory.mktemp("months")
    whole = with_a_future(folder / "whole")
    then = shutil.copytree(whole, folder / "then")
    for path in (then / "extracts").glob("*/2020-0[67].*"):
        path.unlink()
    for month in ("2020-06", "2020-07"):
        shutil.rmtree(then / "registry" / month)
    return whole, screened(whole, folder / "with", as_of=MID_JUNE), screened(then, folder / "without", as_of=MID_JUNE)


def with_a_future(folder: Path) -> Path:
    city = quiet_and_not()
    home = city.homes[0]
    city.row("housing", "2020-06", home.head, 房屋等级="D", 鉴定日期="2020-05-20")  # told in June
    city.row("school_roll", "2020-06", home.people[1], 就读状态="辍学", 变动日期="2020-06-01")
    village = village_cells(AreaCode(home.area_code))
    city.row("water", "2020-06", **village, 水质达标="否", 取水半径米="1", 评价日期="2020-05-01")
    city.visit(home, "net_income", "1", date(2020, 5, 20), date(2020, 6, 2))
    city.write(folder)
    for code in ("accidents", "loans"):
        path = extract(folder, code, "2020-07")
        shutil.copy(extract(folder, code, "2020-06"), path)
    city.homes[0].register = "general"
    city.homes[0].people.append(city.person(relation="之父", labour="丧失劳动力"))
    city.write_register(folder / "registry" / "2020-07")
    shutil.rmtree(folder / "registry" / "2020-06")
    city.write_register(folder / "registry" / "2020-06")
    return folder


def test_june_is_not_read_before_it_is_over(two_months: tuple[Path, Run, Run]) -> None:
    _, whole, then = two_months
    assert whole.facts == then.facts
    assert whole.manifest["output_digest"] == then.manifest["output_digest"]
    assert whole.manifest["inputs"] == then.manifest["inputs"]
    assert whole.summary == then.summary


def test_window_and_rolls_end_with_the_last_full_month(two_months: tuple[Path, Run, Run]) -> None:
    _, run, _ = two_months
    assert run.manifest["window"] == ["2019-06-01", "2020-05-31"]
    assert run.manifest["register"] == "2020-05"
    inputs = run.manifest["inputs"]
    assert [label for label in inputs if "/loans/" in label] == ["extracts/loans/2020-05.csv"]
    assert run.facts["H000002"]["medical_spending"] == 0
    assert run.facts["H000002"]["accident_spending"] == 0
    assert run.facts["H000002"]["earner_lost"] is True
    assert run.summary["undelivered"] == {}


def test_later_months_are_read_when_they_are_past(two_months: tuple[Path, Run, Run], tmp_path: Path) -> None:
    """The same city at the end of June, compared with May: what was told in June counts, July does not."""
    whole, may, _ = two_months
    june = screened(whole, tmp_path / "june", as_of=JUNE, previous=may.folder)
    facts = june.facts["H000001"]
    assert june.manifest["register"] == "2020-06"
    assert (facts["register"], facts["members"]) == ("general", 3)
    assert (facts["housing_grade"], facts["housing_grade__as_of"]) == ("D", date(2020, 5, 20))
    assert (facts["out_of_school"], facts["water_safe"], facts["net_income"]) == (1, False, 1_00)
    assert june.verdicts["H000001"]["level"] == 1
    assert may.verdicts["H000001"]["level"] == 5
    assert june.summary["changes"] == changed(new=1, same=1)


def changed(**kinds: int) -> dict[str, Any]:
    names = ("new", "worse", "better", "cleared", "same", "to_unverified", "from_unverified", "left_register")
    return {name: kinds.get(name, 0) for name in names}


def test_register_of_a_later_month_is_not_read(two_months: tuple[Path, Run, Run]) -> None:
    """It holds one person more."""
    whole, _, _ = two_months
    june, july = (pq.read_metadata(whole / f"registry/2020-0{m}/members.parquet").num_rows for m in (5, 7))
    assert (june, july) == (4, 5)


def test_every_fact_a_rule_uses_is_fed_by_a_dataset_of_this_table() -> None:
    """A dataset added to the catalogue must be added here."""
    assert set(CATALOGUE) - set(FEEDS) == {
        "serious_illness", "vehicles", "companies", "real_estate", "public_payroll",
    }  # fmt: skip
    assert {code: d.feeds for code, d in CATALOGUE.items() if code in FEEDS} == FEEDS
