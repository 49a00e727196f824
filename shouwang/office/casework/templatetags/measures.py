"""Measures of help in the reader's language. Builtins of all templates."""

from django import template

from shouwang.office.web.speaking import language
from shouwang.policy.measure_examples import families_in_english, in_english, wish_in_english
from shouwang.policy.measure_kinds import MeasureKind

register = template.Library()


@register.filter
def such_as(kind: MeasureKind) -> str:
    """What the measure is, for instance."""
    return in_english(kind) if language() == "en" else kind.examples


@register.filter
def wished(wish: str) -> str:
    """What a household wishes for most, as it was kept at the visit."""
    return wish_in_english(wish) if language() == "en" else wish


@register.filter
def families(letters: str) -> str:
    """The families of 扶带帮引提 a measure belongs to."""
    return families_in_english(letters) if language() == "en" else "·".join(letters)
