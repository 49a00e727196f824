"""Names within one place: full before short, and never a guess."""

from shouwang.areas import Area, AreaCode
from shouwang.areas.finding import NameIndex

TOWN = AreaCode("530181003")
STREET_OFFICE = Area(AreaCode("530181003001"), "八街社区居委会")
VILLAGE = Area(AreaCode("530181003201"), "八街村委会")
NEW_VILLAGE = Area(AreaCode("530181003202"), "新村村委会")


def index_of(*areas: Area) -> NameIndex:
    index = NameIndex()
    for area in areas:
        index.add(area, within=TOWN)
    return index


def test_ending_tells_a_village_from_the_community_of_the_same_name() -> None:
    index = index_of(STREET_OFFICE, VILLAGE)
    found = [index.find(name, within=TOWN) for name in ("八街村民委员会", "八街村", "八街社区", "八街居委会")]
    assert found == [VILLAGE.code, VILLAGE.code, STREET_OFFICE.code, STREET_OFFICE.code]


def test_name_that_two_share_finds_neither() -> None:
    assert index_of(STREET_OFFICE, VILLAGE).find("八街", within=TOWN) is None


def test_two_of_the_same_full_name_find_neither() -> None:
    twin = Area(AreaCode("530181003209"), VILLAGE.name)
    assert index_of(VILLAGE, twin).find(VILLAGE.name, within=TOWN) is None


def test_full_name_goes_before_the_short_way_of_another() -> None:
    short = Area(AreaCode("530181003203"), "新村委会")
    index = index_of(NEW_VILLAGE, short)
    assert index.find("新村委会", within=TOWN) == short.code
    assert index.find("新村村委会", within=TOWN) == NEW_VILLAGE.code


def test_village_whose_name_ends_in_village_is_found_with_one_of_the_two() -> None:
    index = index_of(NEW_VILLAGE, VILLAGE)
    assert index.find("新村委会", within=TOWN) == index.find("新村", within=TOWN) == NEW_VILLAGE.code


def test_width_and_spaces_do_not_matter_on_either_side() -> None:
    group = Area(AreaCode("530181003204"), "第１ 村委会")
    assert index_of(group).find("　第1村 ", within=TOWN) == group.code


def test_name_of_another_place_and_empty_name_are_not_found() -> None:
    index = index_of(VILLAGE)
    assert index.find(VILLAGE.name, within=AreaCode("530181004")) is None
    assert index.find("", within=TOWN) is None
    assert index.find("九街村委会", within=TOWN) is None
