"""The tree over a few drawn areas."""

from collections.abc import Callable

import pytest

from shouwang.areas import Area, AreaCode, AreaTree
from shouwang.terms.errors import ProgrammingError, UserError

DRAWN = {
    "53": "甲省",
    "5301": "乙市",
    "530102": "丙区",
    "530129": "丁回族自治县",
    "530102001": "子街道",
    "530129104": "丑镇",
    "530129201": "寅彝族乡",
    "530102001001": "午社区居委会",
    "530129104001": "卯社区居委会",
    "530129104203": "卯村委会",
    "530129201201": "辰村民委员会",
    "530129201498": "巳生活区",
}


def drawn(
    *, without: str = "", also: tuple[Area, ...] = (), zones: tuple[tuple[str, str, AreaCode], ...] = ()
) -> AreaTree:
    areas = [Area(AreaCode(code), name) for code, name in reversed(DRAWN.items()) if code != without]
    return AreaTree([*areas, *also], edition="某版", zones=zones)


def codes(areas: tuple[Area, ...]) -> list[str]:
    return [area.code.prefix for area in areas]


def test_levels_are_listed_in_order_of_code() -> None:
    tree = drawn()
    assert codes(tree.counties()) == ["530102", "530129"]
    assert codes(tree.towns()) == ["530102001", "530129104", "530129201"]
    assert codes(tree.villages()) == [
        "530102001001",
        "530129104001",
        "530129104203",
        "530129201201",
        "530129201498",
    ]
    assert len(tree) == len(DRAWN)


def test_children_are_one_step_down_only() -> None:
    tree = drawn()
    assert codes(tree.children(AreaCode("53"))) == ["5301"]
    assert codes(tree.children(AreaCode("530129"))) == ["530129104", "530129201"]
    assert tree.children(AreaCode("530129104203")) == ()


def test_get_gives_the_area_and_membership_tells_without_raising() -> None:
    tree = drawn()
    assert tree.get(AreaCode("530129104")) == Area(AreaCode("530129104"), "丑镇")
    assert AreaCode("530129104") in tree
    assert AreaCode("530129105") not in tree


@pytest.mark.parametrize("ask", [AreaTree.get, AreaTree.children, AreaTree.path])
def test_absent_code_is_the_callers_mistake_with_the_edition_named(
    ask: Callable[[AreaTree, AreaCode], object],
) -> None:
    with pytest.raises(UserError, match="区划表（某版）里没有代码 530129105000 → 请核对代码"):
        ask(drawn(), AreaCode("530129105"))


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("530129104203", "丁回族自治县 丑镇 卯村委会"),
        ("530129104", "丁回族自治县 丑镇"),
        ("530129", "丁回族自治县"),
        ("5301", "乙市"),
        ("53", "甲省"),
    ],
)
def test_path_names_the_area_from_the_county_down(code: str, path: str) -> None:
    assert drawn().path(AreaCode(code)) == path


@pytest.mark.parametrize(
    ("county", "town", "village", "code"),
    [
        ("丁回族自治县", "丑镇", "卯村委会", "530129104203"),
        ("丁县", "丑", "卯村", "530129104203"),
        ("丁", " 寅乡 ", "辰", "530129201201"),
        ("丙区", "子街道办事处", "午社区", "530102001001"),
    ],
)
def test_find_reads_full_and_short_names(county: str, town: str, village: str, code: str) -> None:
    assert drawn().find(county, town, village) == AreaCode(code)


@pytest.mark.parametrize(
    ("county", "town", "village"),
    [
        ("戊县", "丑镇", "卯村委会"),
        ("丁县", "子街道", "卯村委会"),
        ("丁县", "丑镇", "辰村委会"),
        ("丁县", "丑镇", "卯"),
        ("", "", ""),
    ],
)
def test_find_gives_unknown_for_absent_and_ambiguous_names(county: str, town: str, village: str) -> None:
    assert drawn().find(county, town, village) is None


def test_reporting_units_hold_what_is_listed_under_their_code() -> None:
    (unit,) = drawn(zones=(("Z-A", "某开发区", AreaCode("530129104")),)).reporting_units()
    assert (unit.key, unit.name, unit.listed_as) == ("Z-A", "某开发区", AreaCode("530129104"))
    assert unit.members == (AreaCode("530129104001"), AreaCode("530129104203"))


def test_zone_without_a_code_in_the_table_stops_the_start() -> None:
    with pytest.raises(ProgrammingError, match="没有开发区 Z-A 的代码 530129105000"):
        drawn(zones=(("Z-A", "某开发区", AreaCode("530129105")),))


def test_code_that_comes_twice_stops_the_start() -> None:
    with pytest.raises(ProgrammingError, match="代码 530129104000 重复"):
        drawn(also=(Area(AreaCode("530129104"), "丑乡"),))


def test_area_without_its_parent_stops_the_start() -> None:
    with pytest.raises(ProgrammingError, match="530129104000 没有上级 530129000000"):
        drawn(without="530129")


def test_villages_table_has_one_row_per_village_with_unknown_as_null() -> None:
    table = drawn().villages_table()
    assert table.schema.metadata == {b"edition": "某版".encode()}
    assert table.to_pydict() == {
        "code": ["530102001001", "530129104001", "530129104203", "530129201201", "530129201498"],
        "county_name": ["丙区", *["丁回族自治县"] * 4],
        "town_name": ["子街道", "丑镇", "丑镇", "寅彝族乡", "寅彝族乡"],
        "village_name": ["午社区居委会", "卯社区居委会", "卯村委会", "辰村民委员会", "巳生活区"],
        "is_rural": [False, False, True, True, None],
    }
