"""Kunming as the package holds it. The figures are those of `docs/areas.md`."""

from collections import Counter

import pytest

from shouwang.areas import AreaCode, kunming

COUNTIES = {
    "530102": "五华区",
    "530103": "盘龙区",
    "530111": "官渡区",
    "530112": "西山区",
    "530113": "东川区",
    "530114": "呈贡区",
    "530115": "晋宁区",
    "530124": "富民县",
    "530125": "宜良县",
    "530126": "石林彝族自治县",
    "530127": "嵩明县",
    "530128": "禄劝彝族苗族自治县",
    "530129": "寻甸回族彝族自治县",
    "530181": "安宁市",
}


def test_tree_is_read_once_and_names_its_edition() -> None:
    assert kunming() is kunming()
    assert kunming().edition == "2023年统计用区划代码和城乡划分代码，截止 2023-06-30"


def test_counties_are_the_fourteen() -> None:
    assert {county.code.prefix: county.name for county in kunming().counties()} == COUNTIES


def test_there_are_150_towns_and_1738_villages_and_communities() -> None:
    assert (len(kunming().towns()), len(kunming().villages())) == (150, 1738)


def test_villages_are_917_rural_820_urban_and_one_that_does_not_say() -> None:
    assert Counter(village.is_rural for village in kunming().villages()) == {True: 917, False: 820, None: 1}


def test_name_and_code_agree_on_what_is_a_village() -> None:
    """国家统计局 numbers 村民委员会 from 200 to 399 within their town."""
    by_code = {village.code for village in kunming().villages() if "200" <= village.code.digits[9:] <= "399"}
    assert by_code == {village.code for village in kunming().villages() if village.is_rural}


def test_kinds_of_towns_follow_their_codes() -> None:
    """GB/T 10114: 0 街道, 1 镇, 2 and 3 乡, 4 and 5 units that are enterprise and government in one."""
    endings = {"0": "街道", "1": "镇", "2": "乡"}
    kinds = Counter(town.code.digits[6] for town in kunming().towns())
    assert kinds == {"0": 83, "1": 42, "2": 16, "4": 9}
    assert [town for town in kunming().towns() if not town.name.endswith(endings.get(town.code.digits[6], ""))] == []


def test_rural_villages_lie_in_81_towns() -> None:
    towns = {village.code.town for village in kunming().villages() if village.is_rural}
    assert Counter(town.digits[6] for town in towns) == {"0": 23, "1": 42, "2": 16}


def test_every_town_has_a_village_or_community() -> None:
    assert [town for town in kunming().towns() if not kunming().children(town.code)] == []


def test_every_village_is_found_by_its_full_names() -> None:
    tree = kunming()
    lost = [
        village.code
        for village in tree.villages()
        if tree.find(tree.get(village.code.county).name, tree.get(village.code.town).name, village.name) != village.code
    ]
    assert lost == []


def test_only_ten_short_names_are_shared_within_a_town() -> None:
    """In five streets of 安宁 a community and a village bear the same name; anywhere else the short name is enough."""
    tree = kunming()
    shared = [
        tree.get(village.code.town).name
        for village in tree.villages()
        if tree.find(
            tree.get(village.code.county).short_name, tree.get(village.code.town).short_name, village.short_name
        )
        != village.code
    ]
    assert Counter(shared) == dict.fromkeys(("八街街道", "青龙街道", "禄脿街道", "草铺街道", "县街街道"), 2)


def test_a_village_of_tangdan_is_found_as_the_water_bureau_writes_it() -> None:
    code = kunming().find("东川", "汤丹镇", "中河村")
    assert code == AreaCode("530113102204")
    assert kunming().path(code) == "东川区 汤丹镇 中河村村民委员会"


@pytest.mark.parametrize(
    ("key", "name", "host", "members"),
    [
        ("KM-GAOXIN", "昆明高新技术产业开发区", "五华区", 10),
        ("KM-JINGKAI", "昆明经济技术开发区", "官渡区", 5),
        ("KM-DIANCHI", "昆明滇池国家旅游度假区", "西山区", 10),
    ],
)
def test_zones_report_under_keys_of_their_own(key: str, name: str, host: str, members: int) -> None:
    (unit,) = [unit for unit in kunming().reporting_units() if unit.key == key]
    assert (unit.name, len(unit.members)) == (name, members)
    assert kunming().get(unit.listed_as.county).name == host
    assert all(unit.listed_as.contains(member) for member in unit.members)


def test_keys_of_zones_cannot_be_taken_for_codes() -> None:
    keys = [unit.key for unit in kunming().reporting_units()]
    assert len(keys) == len(set(keys)) == 3
    assert not any(character.isdigit() for key in keys for character in key)
