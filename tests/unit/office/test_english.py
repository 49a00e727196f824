"""On English pages nothing is Chinese but what people and places are called, and what people wrote themselves.

Every address of the site, as every role that may open it, on a world made of one of everything.
"""

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.http.response import HttpResponseBase
from django.utils.translation import trans_real

from shouwang.office import web
from shouwang.office.access.roles import ROLES
from shouwang.office.warnings.models import Warning
from shouwang.office.web.catalogue import compile_catalogue
from shouwang.office.web.places import tree
from shouwang.screening.datasets import CATALOGUE
from tests.unit.office import factories
from tests.unit.office.test_matrix import GATED, OF_OWN_TESTS, _area, _path
from tests.unit.office.test_translations import loaded
from tests.unit.office.world import World

pytestmark = pytest.mark.django_db
CHINESE = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]+")
SHOWN = {"title", "aria-label", "placeholder", "alt", "content"}
"""Attributes people read, or hear."""
UNREAD = {"script", "style"}
DATA = (
    *("测试", "王小明", "测○", "村务公开栏"),
    *("云南省", "昆明市"),
    *("防返贫监测", "精准防贫监测预警"),  # policies, with their English beside
    *(
        f"{dataset.office} {dataset.zh}" for dataset in CATALOGUE.values()
    ),  # department files, with their English beside
    "中文",  # the name of a language is told in that language
)
"""What may stand in Chinese: names, and what people wrote."""
IN_BOTH = {"policy-one"}
"""The manual of a policy is one page in two languages."""
ENGLISH = {"headers": {"accept-language": "en"}}
ENGLISH_OF_PAGES = Path(web.__file__).parent / "locale" / "en" / "LC_MESSAGES" / "django.po"


class Words(HTMLParser):
    """What a page says: its texts, and the attributes that are read. What is marked as Chinese, as a sheet to be
    posted is, is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._tag = self._marked = ""
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tag = tag
        if not self._depth and dict(attrs).get("lang") == "zh-Hans":
            self._marked = tag
        self._depth += tag == self._marked
        if not self._depth:
            self.said += [value for name, value in attrs if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        self._depth -= bool(self._depth) and tag == self._marked
        self._marked = self._marked if self._depth else ""

    def handle_data(self, data: str) -> None:
        if self._tag not in UNREAD and not self._depth:
            self.said.append(data)


@pytest.fixture(scope="module", autouse=True)
def _newest_english() -> None:
    compile_catalogue(ENGLISH_OF_PAGES)
    trans_real._translations.clear()


@cache
def _names() -> re.Pattern[str]:
    """A string without its English is no matter of this test: that of the translations tells of it."""
    areas = (*tree().counties(), *tree().towns(), *tree().villages())
    names = {area.name for area in areas} | set(DATA) | {*_untranslated()}
    return re.compile("|".join(sorted(map(re.escape, names), key=len, reverse=True)))


def _untranslated() -> Iterator[str]:
    script = loaded()
    for text in script.missing(script.merged()):
        yield from filter(None, re.split(r"%\(\w+\)[sd]|%%", text))


def _chinese(html: str) -> Iterator[str]:
    """Texts of a page with Chinese in them that is no name."""
    words = Words()
    words.feed(html)
    for text in words.said:
        if CHINESE.search(text) and not _is_named(" ".join(text.split())):
            yield " ".join(text.split())


@cache
def _is_named(text: str) -> bool:
    """Whether all its Chinese is names. Pages say the same ones over and over."""
    return not CHINESE.search(_names().sub("", text))


def _told(answer: HttpResponseBase) -> Iterator[str]:
    if answer.streaming:
        answer.close()
    elif answer.headers.get("Content-Type", "").startswith("text/html"):
        yield from _chinese(answer.content.decode())


def _full(world: World) -> World:
    """A household about which the register and the screening say something in every column that is a code."""
    home, _whose_number_is_asked_for = world.home, world.person_id
    home.national_type, home.suspected_level = "边缘易致贫户", 4
    home.save()
    for relation, labour, health, school in (
        ("配偶", "普通劳动力", "长期慢性病,残疾", ""),
        ("之子", "无劳动力", "患有大病", "九年级"),
    ):
        factories.person(home, relation=relation, labour=labour, health=health, in_school=school, sex="男")
    sentence = "劳动力 2 人；人均参考收入 5,588.00 元/人，低于监测线 6,000.00 元/人"
    Warning.objects.filter(household=world.warned).update(sentence=sentence, national_type="脱贫不稳定户")
    type(world.case).objects.filter(pk=world.case.pk).update(sentence=sentence)
    return world


@pytest.mark.parametrize("role", ROLES)
def test_english_pages_are_english(role: str) -> None:
    client, world = factories.client_of(role, _area(role)), _full(World(factories.VILLAGE))
    client.raise_request_exception = False
    open_to = [
        (address.name, _path(address, world))
        for address in GATED
        if address.permission in ROLES[role].permissions and address.name not in {*OF_OWN_TESTS, *IN_BOTH}
    ]
    asked = [(name, client.get(path, **ENGLISH)) for name, path in open_to]
    asked += [(name, client.post(path, **ENGLISH)) for name, path in open_to]
    assert sorted({f"{name}: {text}" for name, answer in asked for text in _told(answer)}) == []
