"""Former names and codes lead to the area that took their place; what is not known leads nowhere."""

import pytest

from shouwang.areas import AreaCode, kunming
from shouwang.areas.changes import COLUMNS, Change, read_changes
from shouwang.terms.errors import DataError, ProgrammingError

HEADER = ",".join(COLUMNS)


def table(*rows: str) -> list[str]:
    return [HEADER, *rows]


def test_table_of_kunming_leads_to_areas_of_its_edition() -> None:
    tree = kunming()
    former = {"530123": "530181", "530200": "530113", "530327": "530129", "530121": "530114", "530122": "530115"}
    assert {old: tree.current(AreaCode(old)) for old in former} == {old: AreaCode(new) for old, new in former.items()}
    assert tree.current(AreaCode("530126")) == AreaCode("530126")
    assert tree.current(AreaCode("530199")) is None


@pytest.mark.parametrize(
    ("county", "town", "village", "code"),
    [
        ("晋宁县", "二街镇", "二街村委会", "530115101"),
        ("晋宁", "二街", "二街村委会", "530115101"),
        ("安宁县", "温泉街道", None, "530181"),
        ("路南彝族自治县", "圭山镇", None, "530126"),
        ("路南", "圭山镇", None, "530126"),
    ],
)
def test_former_county(county: str, town: str, village: str | None, code: str) -> None:
    tree = kunming()
    names = [
        area.name for area in tree.villages() if area.code.digits.startswith(code) and town in tree.path(area.code)
    ]
    found = tree.find(county, town, names[0])
    assert found is not None
    assert found.digits.startswith(code)


def test_town_that_moved_is_found_under_its_former_county_and_under_the_present_one() -> None:
    tree = kunming()
    assert tree.find("嵩明县", "阿子营街道", "阿子营村委会") == AreaCode("530103012201")
    assert tree.find("盘龙区", "阿子营街道", "阿子营村委会") == AreaCode("530103012201")


def test_town_is_found_whatever_its_kind_was() -> None:
    tree = kunming()
    assert tree.find("盘龙区", "阿子营镇", "阿子营村委会") == AreaCode("530103012201")
    assert tree.find("盘龙区", "阿子营彝族乡", "阿子营村委会") == AreaCode("530103012201")


def test_city_adds_its_own() -> None:
    rows = table(
        "530103012299,盘龙区,阿子营街道,老村村委会,2019-05,530103012201,市政府文件",
        ",盘龙区,旧镇,,2018,530103012,市政府文件",
        ",盘龙区,旧镇,某某村委会,2018,530103012201,市政府文件",
        ",无此县,某镇,某村委会,2018,530103012201,市政府文件",
    )
    tree = kunming().with_changes(read_changes(rows, where="renames.csv"))
    sought = AreaCode("530103012201")
    assert tree.find("盘龙区", "阿子营街道", "老村") == sought
    assert tree.find("嵩明县", "阿子营街道", "老村村委会") == sought
    assert tree.find("盘龙区", "旧镇", "某某村") == sought
    assert tree.find("盘龙区", "旧镇", "阿子营村委会") == sought
    assert tree.find("无此县", "某镇", "某村委会") is None
    assert tree.current(AreaCode("530103012299")) == sought
    assert tree.edition == kunming().edition
    assert kunming().find("盘龙区", "旧镇", "某某村") is None


def test_name_split_between_two_successors_finds_neither() -> None:
    rows = table(
        "530103012299,盘龙区,阿子营街道,老村村委会,2019,530103012201,甲",
        "530103012299,盘龙区,阿子营街道,老村村委会,2019,530103012202,甲",
    )
    tree = kunming().with_changes(read_changes(rows, where="renames.csv"))
    assert tree.find("盘龙区", "阿子营街道", "老村村委会") is None
    assert tree.current(AreaCode("530103012299")) is None


def test_all_faults_of_a_table_at_once() -> None:
    rows = table(
        ",,某镇,,2016,530115,来源",
        ",盘龙区,,某村,去年,530115,",
        "abc,盘龙区,,,2016,5301151,来源",
        ",,,,2016,,来源",
    )
    with pytest.raises(DataError) as caught:
        read_changes(rows, where="areas/renames.csv")
    assert [(fault.where, fault.found[:12]) for fault in caught.value.faults] == [
        ("areas/renames.csv 第 2 行", "没有写全原来的县、乡镇、"),
        ("areas/renames.csv 第 3 行", "没有写全原来的县、乡镇、"),
        ("areas/renames.csv 第 3 行", "until 不是日期"),
        ("areas/renames.csv 第 3 行", "没有写 source"),
        ("areas/renames.csv 第 4 行", "successor：区划"),
        ("areas/renames.csv 第 4 行", "former_code："),
        ("areas/renames.csv 第 5 行", "没有写全原来的县、乡镇、"),
        ("areas/renames.csv 第 5 行", "successor：区划"),
    ]


def test_table_without_its_columns() -> None:
    with pytest.raises(DataError, match=r"缺少列 until、source → 第一行写作 former_code,county"):
        read_changes(["former_code,county,town,village,successor", "x"], where="renames.csv")
    assert read_changes(table(), where="renames.csv") == ()


def test_successor_outside_the_edition_stops_the_start() -> None:
    change = Change(("盘龙区",), AreaCode("530199"), "2016", "来源")
    with pytest.raises(ProgrammingError, match="后继 530199000000 不在区划表"):
        kunming().with_changes([change])
