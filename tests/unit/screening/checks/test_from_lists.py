"""From the cells of national lists to findings: one household for each rule, broken as an office would write it."""

from collections.abc import Callable
from datetime import date

import pytest

from shouwang.screening.checks.run import Checked
from tests.support.city import id_number
from tests.support.national_lists import Household, Lists
from tests.unit.screening.checks.conftest import found

HEAD, SPOUSE, CHILD = 0, 1, 2
MONITORED = {"监测对象类型": "脱贫不稳定户", "风险识别时间": "2019-06-01", "风险是否消除": "否", "风险类型": "因病"}
GUARANTEED = {"义务教育保障": "是", "基本医疗保障": "是", "住房安全保障": "是", "饮水安全保障": "是"}
Change = Callable[[Household], object]


def person(who: int, **cells: str) -> Change:
    return lambda home: home.change(who, **cells)


def home(**cells: str) -> Change:
    return lambda home: home.change(**cells)


def away(who: int, months: str, place: str) -> Change:
    return lambda home: home.change_cells({"务工时间(月)": months, "务工所在地": place}, who)


def born(who: int, day: date, **cells: str) -> Change:
    """The person has another birth date, in the id too."""

    def change(home: Household) -> None:
        number = id_number(1 if home.people[who].people["性别"] == "男" else 2, day)
        home.change(who, 证件号码=number, 出生日期=str(day), **cells)

    return change


def nobody_works(home: Household) -> None:
    for who in (HEAD, SPOUSE, CHILD):
        away(who, "", "")(home)


BROKEN: dict[str, tuple[Change, ...]] = {
    "id-missing": (person(HEAD, 证件号码=""),),
    "id-length": (person(HEAD, 证件号码="5301131980030100"),),
    "id-old-form": (person(HEAD, 证件号码="530113800301001"),),
    "id-check-digit": (person(HEAD, 证件号码="530113198003010010"),),
    "id-birth": (person(HEAD, 证件号码=id_number(1, date(2021, 3, 1)), 出生日期=""),),
    "id-birth-differs": (person(HEAD, 出生日期="1980-03-02"),),
    "id-sex-differs": (person(CHILD, 性别="女", 与户主关系="之女"),),
    "name-missing": (person(HEAD, 姓名=""),),
    "ethnic-missing": (person(HEAD, 民族=""),),
    "education-missing": (person(HEAD, 文化程度=""),),
    "in-school-missing": (person(CHILD, 在校生状况=""),),
    "education-and-school": (person(CHILD, 文化程度="小学"),),
    "health-missing": (person(HEAD, 健康状况=""),),
    "labour-missing": (person(HEAD, 劳动技能=""),),
    "disability-card-missing": (person(SPOUSE, 健康状况="残疾,长期慢性病"),),
    "cause-missing": (home(致贫原因1=""),),
    "electricity-missing": (home(生活用电=""),),
    "road-missing": (home(入户路类型="", 与村主干路距离=""),),
    "water-missing": (home(是否解决安全饮用水=""),),
    "housing-area-zero": (home(住房面积="0"),),
    "no-head": (person(HEAD, 与户主关系="之兄弟姐妹"),),
    "two-heads": (person(SPOUSE, 与户主关系="本人或户主"),),
    "two-spouses": (
        born(
            CHILD, date(1985, 1, 1), 与户主关系="妻", 在校生状况="", 文化程度="小学", 性别="女", 劳动技能="普通劳动力"
        ),
        person(CHILD, 证件号码=id_number(2, date(1985, 1, 1))),
    ),
    "head-spouse-same-sex": (person(SPOUSE, 性别="男", 证件号码=id_number(3, date(1982, 4, 2))),),
    "relation-sex": (person(CHILD, 与户主关系="之女"),),
    "cause-ill-all-healthy": (home(致贫原因1="患病"),),
    "cause-school-no-pupil": (home(致贫原因1="因学"), person(CHILD, 在校生状况="非在校生", 文化程度="小学")),
    "cause-disabled-none": (home(致贫原因1="因残"),),
    "cause-twice": (home(次要致贫原因="缺资金、缺技术"),),
    "dibao-home-no-member": (home(户属性="低保脱贫户", 低保金="2400"),),
    "dibao-member-no-home": (person(SPOUSE, 是否享受低保="是"),),
    "wubao-with-labour": (home(户属性="特困供养脱贫户", 特困供养金="7000"),),
    "dibao-and-wubao": (home(低保金="2400", 特困供养金="7000"),),
    "dibao-amount-zero": (home(户属性="低保脱贫户"), person(SPOUSE, 是否享受低保="是")),
    "wubao-amount-zero": (
        home(户属性="五保脱贫户"),
        *(person(who, 劳动技能="丧失劳动力", 健康状况="患有大病") for who in (HEAD, SPOUSE)),
        nobody_works,
        home(工资性收入="0"),
    ),
    "healthy-no-labour": (person(SPOUSE, 劳动技能="无劳动力"), away(SPOUSE, "", "")),
    "child-with-labour": (person(CHILD, 劳动技能="弱劳动力或半劳动力"),),
    "business-without-cost": (home(生产经营性支出="0"),),
    "income-not-positive": (home(人均纯收入="-1.00"),),
    "income-too-high": (home(人均纯收入="100000.01"),),
    "wage-without-worker": (nobody_works,),
    "worker-without-wage": (home(工资性收入="0"),),
    "months-worked-range": (away(HEAD, "13", "省外"),),
    "place-without-months": (away(SPOUSE, "", "省外"),),
    "months-without-place": (away(SPOUSE, "3", ""),),
    "no-labour-but-away": (person(SPOUSE, 劳动技能="丧失劳动力", 健康状况="患有大病"),),
    "no-helper": (home(帮扶责任人="", 帮扶责任人证件号码=""),),
    "helper-registered": (lambda home: home.change(帮扶责任人证件号码=home.people[HEAD].people["证件号码"]),),
    "farmland-per-person": (home(耕地面积="150.01"),),
    "woodland-per-person": (home(林地面积="210.01"),),
    "road-distance": (home(与村主干路距离="50.1"),),
    "senior-too-young": (person(CHILD, 在校生状况="高一"),),
    "primary-too-old": (born(CHILD, date(2000, 6, 30)),),
    "phone-length": (lambda home: home.change_cells({"户/人联系电话": "1380000000"}),),
    "insurance-both": (person(HEAD, 是否参加城镇职工基本医疗保险="有"),),
    "insurance-none": (person(HEAD, 是否参加城乡居民基本医疗保险="否"),),
    "unmonitored-unsafe-house": (home(危房级别="D级", 危房户="是"),),
    "unmonitored-unsafe-water": (home(是否解决安全饮用水="否"),),
    "unmonitored-out-of-school": (person(CHILD, 失学或辍学原因="厌学"),),
    "monitored-date-missing": (home(**MONITORED, **GUARANTEED), home(风险识别时间="")),
    "monitored-risk-missing": (home(**MONITORED, **GUARANTEED), home(风险类型="")),
    "monitored-income-missing": (home(**MONITORED, **GUARANTEED), home(人均纯收入="")),
    "monitored-guarantees-missing": (home(**MONITORED, **GUARANTEED), home(饮水安全保障="")),
}


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    from tests.unit.screening.checks.conftest import checked, imported

    lists = Lists()
    lists.household("sound")
    for code, changes in BROKEN.items():
        broken = lists.household(code)
        for change in changes:
            change(broken)
    return checked(imported(tmp_path_factory.mktemp("lists") / "city", lists))


def test_sound_household_has_no_finding(result: Checked) -> None:
    assert found(result).get("sound", []) == []


@pytest.mark.parametrize("code", BROKEN)
def test_broken_cells_are_found_by_their_rule_alone(result: Checked, code: str) -> None:
    assert found(result).get(code) == [code]
