"""Words, marks and addresses that pages say many times over."""

from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Engine, TemplateSyntaxError
from django.urls import NoReverseMatch
from django.utils import translation

from shouwang.office.web.templatetags.words import said_once


def said(template: str, **values: object) -> str:
    return Engine.get_default().from_string(template).render(Context(values))


def test_constant_word_follows_the_language_of_each_page():
    page = Engine.get_default().from_string('{% translate "农户" %}')
    with translation.override("zh-hans"):
        first = page.render(Context())
    with translation.override("en"):
        second = page.render(Context())
    with translation.override("zh-hans"):
        assert (first, page.render(Context())) == ("农户", "农户")
    assert second not in ("", "农户")


def test_word_that_is_a_variable_is_looked_up_each_time():
    page = Engine.get_default().from_string("{% translate word %}")
    with translation.override("zh-hans"):
        assert [page.render(Context({"word": word})) for word in ("农户", "今天")] == ["农户", "今天"]


def test_word_kept_in_a_variable_is_still_kept():
    assert said('{% translate "农户" as word %}[{{ word }}]') == "[农户]"


def test_addresses_differ_by_their_values():
    page = Engine.get_default().from_string("{% url 'household' home %}")
    assert [page.render(Context({"home": home})) for home in ("H1", "H2", "H1")] == [
        "/households/H1/",
        "/households/H2/",
        "/households/H1/",
    ]


def test_address_that_there_is_not_is_an_error():
    with pytest.raises(NoReverseMatch):
        said("{% url 'no-such-page' %}")
    with pytest.raises(TemplateSyntaxError):
        said("{% url %}")


def test_address_with_named_values_or_in_a_variable_is_djangos():
    assert said("{% url 'household' household_id='H1' %}") == "/households/H1/"
    assert said("{% url 'household' 'H1' as there %}[{{ there }}]") == "[/households/H1/]"
    assert said("{% url name 'H1' %}", name="household") == "/households/H1/"


def test_said_once_asks_once_per_language_and_value():
    asked = []

    @said_once
    def say(number: int) -> str:
        asked.append((translation.get_language(), number))
        return str(number)

    for language in ("zh-hans", "en", "zh-hans"):
        with translation.override(language):
            assert (say(1), say(1), say(2)) == ("1", "1", "2")
    assert asked == [("zh-hans", 1), ("zh-hans", 2), ("en", 1), ("en", 2)]


def test_level_and_clock_follow_the_language():
    page = Engine.get_default().from_string("{% level 1 %} {% clock due on=on %}")
    values = {"due": date(2020, 7, 6), "on": date(2020, 7, 6)}
    shown = []
    for language in ("zh-hans", "en"):
        with translation.override(language):
            shown.append(page.render(Context(values)))
    assert [[word in page for word in ("返贫致贫", "今天到期")] for page in shown] == [[True, True], [False, False]]


def test_household_is_called_by_its_head_and_its_name_is_escaped():
    assert said("{{ home|called }}", home=SimpleNamespace(head_name="<b>王")) == "&lt;b&gt;王户"
    assert said("{{ home|called }}", home=SimpleNamespace(head_name="")) == "○户"


def test_people_are_counted_in_words():
    assert said("{{ n|people }}", n=3) == "3 人"
    with translation.override("en"):
        assert [said("{{ n|people }}", n=n) for n in (0, 1, 2)] == ["0 people", "1 person", "2 people"]
