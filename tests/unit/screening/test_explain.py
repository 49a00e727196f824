"""One household explained, as a plain value."""

import json
import shutil
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from shouwang.areas import kunming
from shouwang.policy import load
from shouwang.screening.explain import Explanation, Missing, Said, Source, explain, policy_of
from shouwang.screening.explain.sources import office_of, source_named
from shouwang.screening.explain.stored import row_of
from shouwang.screening.run import Request, screen
from shouwang.terms.errors import UserError
from shouwang.terms.level import Level
from tests.support.city import City, Home

POLICY = load("kunming-2020")


class Homes:
    """A city with a home of each kind, screened."""

    def __init__(self, folder: Path) -> None:
        city = City()
        self.poor = city.home(net=5_588, before=5_588)
        self.ill = city.home(net=None, before=None)
        city.row("medical_settlements", "2020-06", self.ill.people[0], 结算日期="2020-06-10", 个人自付="9000.00")
        self.fine = city.home()
        self.unknown = city.home(quiet=False)
        self.outdated = city.home()
        self.outdated.incomes[0]["window_to"] = date(2019, 3, 31)
        self.unassessed = city.home(register="general", net=None, before=None, quiet=False)
        city.visit(self.fine, "net_income", "60000", date(2020, 4, 1))
        self.run = folder / "run"
        screen(Request(city.write(folder / "city"), date(2020, 6, 30), self.run, POLICY, kunming()))

    def explain(self, home: Home) -> Explanation:
        return explain(self.run, home.household_id, POLICY)


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Homes:
    return Homes(tmp_path_factory.mktemp("explain"))


def test_policy_of_a_run(homes: Homes) -> None:
    assert policy_of(homes.run) == "kunming-2020"


def test_warned_household(homes: Homes) -> None:
    told = homes.explain(homes.poor)
    assert (told.level, told.status, told.is_policy_installed) == (Level.IV, "graded", True)
    assert told.national_type == Said("脱贫不稳定户", "exited, not stable") or told.national_type.zh == "脱贫不稳定户"
    assert told.sentence == told.reasons[0].sentence
    assert [reason.name.zh for reason in told.reasons] == ["收入不足"]
    values = {value.fact: value for value in told.reasons[0].values}
    assert (values["reference_income"].text, values["reference_income"].depth) == ("5588.00", 0)
    assert values["medical_spending"].source == Source(
        Said("医保局", "medical settlements"), Said("医疗费用结算", ""), "2020-06"
    )
    assert values["monitoring_line"].source.of("zh") == "政策规定"
    assert values["medical_spending"].depth == 2
    assert "参考收入每人再高 412.00 元，则“收入不足”不再成立" in [change.zh for change in told.changes]


def test_unknown_total_whose_parts_are_known_is_not_missing(homes: Homes) -> None:
    values = {value.fact: value for value in homes.explain(homes.poor).reasons[0].values}
    assert values["rigid_spending"].text is None
    assert values["rigid_spending"].is_unneeded
    assert "合规刚性支出" not in [one.name.zh for one in homes.explain(homes.unknown).missing]


def test_worse_rule_that_is_unknown_names_what_is_missing(homes: Homes) -> None:
    told = homes.explain(homes.ill)
    assert [rule.zh for rule in told.could_be_worse] == ["返贫致贫"]
    assert "家庭纯收入" in [one.name.zh for one in told.missing]


def test_unverified_household_says_who_should_know(homes: Homes) -> None:
    told = homes.explain(homes.unknown)
    assert (told.level, told.status, told.reasons, told.changes) == (None, "unverified", (), ())
    asked = {one.name.zh: one.who for one in told.missing}
    assert [source.of("zh") for source in asked["住房等级"]] == ["住建局 农房鉴定"]
    assert told.sentence is not None
    assert told.sentence.zh.startswith("待核实：")


def test_income_that_is_too_old_is_known_but_not_usable(homes: Homes) -> None:
    missing = [one for one in homes.explain(homes.outdated).missing if one.is_unusable]
    assert missing == [Missing(Said("有效纯收入", "valid net income"), missing[0].who, is_unusable=True)]
    assert [source.of("zh") for source in missing[0].who] == ["登记册 收入 入户"]


def test_green_household_shows_its_guarantees_and_contradictions(homes: Homes) -> None:
    told = homes.explain(homes.fine)
    assert told.level is Level.V
    standing = {value.fact: (value.text, value.as_of) for value in told.standing}
    assert standing["housing_grade"] == ("A", date(2019, 5, 1))
    assert standing["monitoring_line"] == ("6000.00", None)
    assert standing["reference_income"] == ("60000.00", date(2020, 4, 1))
    assert told.sentence is None


def test_two_sources_that_differ_are_named(homes: Homes) -> None:
    row = row_of(homes.run / "facts.parquet", homes.fine.household_id)
    assert [fact.zh for fact in homes.explain(homes.fine).contradictions] == ["家庭纯收入"] * len(row["contradictions"])


def test_unassessed_household_has_no_sentence(homes: Homes) -> None:
    told = homes.explain(homes.unassessed)
    assert (told.status, told.sentence) == ("unassessed", None)
    assert told.missing


@pytest.mark.parametrize("installed", [True, False])
def test_other_policy_tells_the_stored_reasons_only(homes: Homes, tmp_path: Path, installed: bool) -> None:
    run = tmp_path / "run"
    shutil.copytree(homes.run, run)
    manifest = json.loads((run / "manifest.json").read_text(encoding="utf-8"))
    (run / "manifest.json").write_text(json.dumps(manifest | {"policy_version": "older"}), encoding="utf-8")
    policy = POLICY if installed else None
    told = explain(run, homes.poor.household_id, policy)
    assert (told.is_policy_installed, told.changes, told.missing) == (False, (), ())
    assert told.reasons[0].values[1].text == "5588.00"
    assert told.reasons[0].sentence is None
    assert told.sentence is not None
    assert "低于监测线" in told.sentence.zh
    assert explain(run, homes.fine.household_id, policy).sentence is None
    (run / "warnings.csv").unlink()
    assert explain(run, homes.poor.household_id, policy).sentence is None


def test_household_in_a_later_row_group_is_found(homes: Homes, tmp_path: Path) -> None:
    table = pq.read_table(homes.run / "verdicts.parquet")
    pq.write_table(table, tmp_path / "verdicts.parquet", row_group_size=2)
    assert row_of(tmp_path / "verdicts.parquet", homes.outdated.household_id)["household_id"] == "H000005"


def test_run_that_is_none(tmp_path: Path) -> None:
    for call in (lambda: policy_of(tmp_path), lambda: explain(tmp_path, "H000001", POLICY)):
        with pytest.raises(UserError, match="不是一次完整的筛查结果"):
            call()


def test_run_that_is_damaged(homes: Homes, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shutil.copytree(homes.run, run)
    (run / "policy.json").write_text("{", encoding="utf-8")
    with pytest.raises(UserError, match="缺失或读不懂"):
        explain(run, "H000001", POLICY)


def test_household_that_is_not_in_the_run(homes: Homes) -> None:
    with pytest.raises(UserError, match="没有这个户编号") as caught:
        explain(homes.run, "530129197001010017", POLICY)
    assert "5301" not in str(caught.value)


@pytest.mark.parametrize(
    ("stored", "zh", "en"),
    [
        ("registry 2020-06", "登记册 2020-06", "register 2020-06"),
        ("incomes 入户采集", "登记册 收入 入户采集", "register incomes from a home visit"),
        ("visits 2020-05", "入户核实 2020-05", "visit 2020-05"),
        ("computed", "计算得出", "computed"),
        ("housing —", "住建局 农房鉴定", "housing"),
        ("vehicles+loans 2020-06", "公安局、农信社 机动车登记、小额信贷 2020-06", "vehicles, loans 2020-06"),
        ("elsewhere 2020-06", "elsewhere 2020-06", "elsewhere 2020-06"),
        (None, "", ""),
    ],
)
def test_sources_in_words(stored: str | None, zh: str, en: str) -> None:
    assert (source_named(stored).of("zh"), source_named(stored).of("en")) == (zh, en)


def test_short_source_is_the_office_and_the_month() -> None:
    assert source_named("housing 2020-06").short("zh") == "住建局 2020-06"
    assert office_of("housing 2020-06").of("zh") == "住建局 农房鉴定"
