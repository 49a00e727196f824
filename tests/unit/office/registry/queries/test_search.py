"""Finding a household: by every key, in scope only, with a fixed number of queries."""

import pytest

from shouwang.office.access.scope import Scope
from shouwang.office.registry.indexes import id_index, phone_index
from shouwang.office.registry.queries.search import search, villages_called
from shouwang.office.registry.spelling import spellings, typed_pinyin
from shouwang.office.web.places import short_place
from tests.unit.office.factories import DONGCHUAN, FOREIGN_VILLAGE, OTHER_VILLAGE, TANGDAN, VILLAGE, household, person
from tests.unit.office.registry.factories import ID_NUMBER

pytestmark = pytest.mark.django_db
TOWN = Scope(TANGDAN)


def named(name, area=VILLAGE):
    spelling = spellings([name])[name]
    home = household(area, phone="13812345678", phone_index=phone_index("13812345678"))
    made = person(home, name=name, id_number=ID_NUMBER, id_index=id_index(ID_NUMBER))
    made.name_key, made.pinyin = spelling.key, spelling.pinyin
    made.save()
    return home


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("曾华强", "曾华强"), ("曾華強", "曾华强"), ("zeng huaqiang", "曾华强"), ("Zēng Huáqiáng", "曾华强"),
        ("买买提·阿不都", "買買提阿不都"), ("买买提", "买买提·阿不都"), ("maimaitiabu", "买买提·阿不都"),
        (ID_NUMBER, "王小明"), ("5301 1319 7807 0183 79", "王小明"), ("13812345678", "王小明"),
        ("138-1234-5678", "王小明"),
    ],
)  # fmt: skip
def test_household_is_found_in_scope_only(text, name):
    home = named(name)
    named(name, FOREIGN_VILLAGE)

    assert [found.household for found in search(TOWN, text)] == [home]


def test_household_number_is_found_however_its_case():
    home = household()
    assert [found.household for found in search(TOWN, home.pk.lower())] == [home]
    assert search(Scope(FOREIGN_VILLAGE), home.pk) == []


def test_village_is_found_by_its_name_in_the_area_alone():
    name = short_place(VILLAGE)
    assert (
        villages_called(Scope(DONGCHUAN), name)
        == villages_called(Scope(VILLAGE), name.removesuffix("村民委员会"))
        == [VILLAGE]
    )
    assert villages_called(Scope(OTHER_VILLAGE), name) == []


@pytest.mark.parametrize("text", ["", "王", "不存在的人", "nobody at all", "99"])
def test_nothing_is_found(text):
    named("王小明")
    assert search(TOWN, text) == []


def test_somebody_who_left_is_not_found_there():
    home = named("王小明")
    home.memberships.update(until="2020-01-01")
    assert search(TOWN, "王小明") == []


def test_two_of_one_household_find_it_once():
    home = named("王小明")
    person(home, name="王小明")
    assert len(search(TOWN, "王小明")) == 1


@pytest.mark.parametrize(("text", "queries"), [("王小明", 2), ("H0", 1), ("wangxiaoming", 2), ("13812345678", 2)])
def test_queries_are_few(text, queries, django_assert_num_queries):
    for _ in range(3):
        named("王小明")
    with django_assert_num_queries(queries):
        search(TOWN, text)


@pytest.mark.parametrize("text", ["王小明", "王小", "wangxiaoming", "wangxiaomi"])
def test_common_name_is_found_whole_in_a_village(text):
    for _ in range(9):
        named("王小明", FOREIGN_VILLAGE)
    named("王小明", OTHER_VILLAGE)
    homes = {named("王小明").pk, named("王小明").pk}
    named("李小明")
    assert {found.household.pk for found in search(Scope(VILLAGE), text, limit=2)} == homes


def test_typed_pinyin_is_folded():
    assert typed_pinyin("Lǚ Bù'ěr") == "lvbuer"
