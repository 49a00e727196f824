"""The department files: headers, months and forms of the contract, and rows that fit the register."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

import pytest

from shouwang.areas import kunming
from shouwang.terms.id_number import IdNumber
from shouwang.terms.period import Month, Period, full_months_between

from .conftest import City

# Written out by hand from the contract, and not taken from the room, so that a slip there is found here.
CONTRACT = {
    "medical_settlements": (
        "events",
        "姓名 证件号码 就诊类别 结算日期 总费用 基本医保支付 大病保险支付 医疗救助支付 个人自付",
    ),
    "insurance_claims": ("events x", "姓名 证件号码 险种 赔付日期 赔付金额"),
    "medical_insurance": ("roll", "姓名 证件号码 参保类型 参保状态 参保年度"),
    "serious_illness": ("state x", "姓名 证件号码 病种 确诊日期 家庭医生签约"),
    "school_roll": ("state", "姓名 证件号码 学校 学段 年级 就读状态 变动日期 变动原因"),
    "school_fees": ("events x", "姓名 证件号码 学段 缴费日期 应缴金额 资助金额"),
    "disability_cards": ("events x", "姓名 残疾证号 残疾类别 残疾等级 发证日期 业务"),
    "social_assistance": ("roll", "姓名 证件号码 救助类别 保障人口 月发放金额 起始月份"),
    "employment": ("roll", "姓名 证件号码 就业状态 就业地 月工资 失业起始日期 拒绝岗位次数 拒绝培训次数"),
    "housing": ("state x", "户主姓名 户主证件号码 房屋等级 鉴定日期"),
    "water": ("state x", "县 乡镇 行政村 水质达标 取水半径米 评价日期"),
    "disaster_losses": ("events x", "户主姓名 户主证件号码 灾种 发生日期 损失金额 已获赔付"),
    "accidents": ("events x", "姓名 证件号码 事故日期 自担费用 预计停工天数"),
    "vital_events": ("events x", "姓名 证件号码 事件 日期"),
    "vehicles": ("roll x", "姓名 证件号码 车型 登记日期"),
    "companies": ("roll x", "姓名 证件号码 企业名称 职务 成立日期"),
    "real_estate": ("roll x", "姓名 证件号码 坐落 面积 用途"),
    "public_payroll": ("roll x", "姓名 证件号码 单位 人员类别"),
    "loans": ("roll x", "姓名 证件号码 品种 余额 到期日 逾期天数"),
    "visits": ("events", "household_id fact value as_of recorded_on source"),
}
MONTHS = [str(month) for month in Period(Month(2019, 6), Month(2020, 6)).months]
DAY_OF_EVENT = {
    "medical_settlements": 3,
    "insurance_claims": 3,
    "school_fees": 3,
    "disability_cards": 4,
    "disaster_losses": 3,
    "accidents": 2,
    "vital_events": 3,
}


def months_of(kind: str) -> list[str]:
    return MONTHS[-2:] if kind.startswith("roll") else MONTHS


def test_datasets_are_those_of_the_contract(city: City) -> None:
    assert sorted(path.name for path in (city.folder / "extracts").iterdir()) == sorted(CONTRACT)


@pytest.mark.parametrize("dataset", CONTRACT)
def test_every_month_is_there_with_its_headers_and_in_its_form(city: City, dataset: str) -> None:
    kind, headers = CONTRACT[dataset]
    suffix = ".parquet" if dataset == "visits" else ".xlsx" if kind.endswith("x") else ".csv"
    found = sorted(path.name for path in (city.folder / "extracts" / dataset).iterdir())
    assert found == [month + suffix for month in months_of(kind)]
    for month in months_of(kind):
        assert city.rows(dataset, month)[0] == headers.split()


@pytest.mark.parametrize("dataset", sorted(set(CONTRACT) - {"water", "visits"}))
def test_ids_are_valid_and_nearly_all_belong_to_the_register(city: City, dataset: str) -> None:
    people = {member["id_number"]: member["name"] for member in city.members}
    rows = strangers = 0
    for month in months_of(CONTRACT[dataset][0]):
        for name, number, *_ in city.rows(dataset, month)[1:]:
            plain = IdNumber.parse(number).plain
            rows += 1
            strangers += plain not in people
            assert people.get(plain, name) == name
    assert strangers <= 0.03 * rows + 8


@pytest.mark.parametrize("dataset", DAY_OF_EVENT)
def test_events_stand_in_the_file_of_their_month(city: City, dataset: str) -> None:
    for month in MONTHS:
        for row in city.rows(dataset, month)[1:]:
            assert str(Month.of(date.fromisoformat(row[DAY_OF_EVENT[dataset]]))) == month


def test_bills_add_up(city: City) -> None:
    for row in city.rows("medical_settlements", "2019-12")[1:]:
        total, *payers = map(Decimal, row[4:])
        assert total == sum(payers)
        assert min(payers) >= 0


def test_every_child_of_compulsory_age_is_on_the_school_roll(city: City) -> None:
    listed = {row[1] for month in MONTHS for row in city.rows("school_roll", month)[1:]}
    children = [m for m in city.current if 6 <= full_months_between(m["birth_date"], date(2020, 6, 30)) // 12 <= 15]
    assert len(children) > 1000
    assert [child["person_id"] for child in children if child["id_number"] not in listed] == []


def test_whoever_the_register_has_in_school_is_in_school_by_the_roll(city: City) -> None:
    newest: dict[str, str] = {}
    for month in MONTHS:
        newest.update({row[1]: row[5] for row in city.rows("school_roll", month)[1:]})
    schools = ("学前教育", "小学", "七年级", "八年级", "九年级", "普通高中一年级", "中职二年级")
    states = {newest.get(m["id_number"]) for m in city.current if m["in_school"] in schools}
    assert states <= {"在读", "休学"}


def test_card_of_a_disabled_person_ends_with_kind_and_grade(city: City) -> None:
    grades = {"一级": 1, "二级": 2, "三级": 3, "四级": 4}
    rows = [row for month in MONTHS for row in city.rows("disability_cards", month)[1:]]
    assert rows
    for row in rows:
        assert len(row[1]) == 20
        assert IdNumber.parse(row[1]).disability_grade == grades[row[3]]


def test_water_names_every_rural_village_of_the_tree(city: City) -> None:
    rows = city.rows("water", "2019-06")[1:]
    found = {kunming().find(*row[:3]) for row in rows}
    rural = {area.code for area in kunming().villages() if area.is_rural}
    assert None not in found
    assert found == rural
    assert len(rows) == len(rural)


def test_every_able_adult_of_the_register_is_on_the_employment_roll(city: City) -> None:
    kinds = {row["household_id"]: row["register"] for row in city.register("households").to_pylist()}
    listed = {row[1] for row in city.rows("employment", "2020-06")[1:]}
    able = [
        member["id_number"] in listed
        for member in city.current
        if kinds[member["household_id"]] != "general"
        and member["labour"] in ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力")
        and member["in_school"] is None
        and full_months_between(member["birth_date"], date(2020, 6, 30)) // 12 >= 16
    ]
    assert sum(able) / len(able) > 0.985


def test_nearly_everybody_is_insured(city: City) -> None:
    listed = {row[1] for row in city.rows("medical_insurance", "2020-06")[1:] if row[3] == "正常参保"}
    missing = sum(member["id_number"] not in listed for member in city.current)
    assert missing < 0.004 * len(city.current)


def test_visits_reach_nearly_every_registered_household_and_few_others(city: City) -> None:
    visited: dict[str, set[str]] = defaultdict(set)
    for month in MONTHS:
        for home, fact, value, as_of, recorded_on, _ in city.rows("visits", month)[1:]:
            assert as_of <= recorded_on
            assert str(Month.of(recorded_on)) == month
            visited[fact].add(home)
            if fact == "expected_spending":
                assert Decimal(value) == Decimal(value).quantize(Decimal("0.01")) > 0
            else:
                assert value in {"yes", "no", "A", "B", "C", "D"}
    kinds = {row["household_id"]: row["register"] for row in city.register("households").to_pylist()}
    share = {
        kind: sum(kinds[h] == kind for h in visited["fed_and_clothed"]) / list(kinds.values()).count(kind)
        for kind in ("exited", "general")
    }
    assert share["exited"] > 0.97
    assert 0.03 < share["general"] < 0.07
