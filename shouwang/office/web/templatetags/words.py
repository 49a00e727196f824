"""Words and small marks that a page says many times over: looked up once per language, not once per row."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, ParamSpec

from django import template
from django.template.base import FilterExpression, Node, Parser, Token
from django.template.context import Context
from django.template.defaulttags import url as django_url
from django.templatetags.i18n import TranslateNode, do_translate
from django.urls import reverse
from django.utils.html import conditional_escape
from django.utils.translation import get_language

register = template.Library()
REMEMBERED = 4_096
P = ParamSpec("P")


def said_once(say: Callable[P, str]) -> Callable[P, str]:
    """Remember what a function of plain values says, for each language; never a person's data."""

    @lru_cache(REMEMBERED)
    def said(language: str | None, *values: Any, **named: Any) -> str:
        return say(*values, **named)

    @wraps(say)
    def saying(*values: P.args, **named: P.kwargs) -> str:
        return said(get_language(), *values, **named)

    return saying


class ConstantWord(Node):
    """`{% translate "…" %}` of a text that stands in the template."""

    def __init__(self, first: TranslateNode) -> None:
        self._first = first
        self._said: dict[str | None, str] = {}

    def render(self, context: Context) -> str:
        language = get_language()
        if language not in self._said:
            self._said[language] = self._first.render(context)
        return self._said[language]


@register.tag
def translate(parser: Parser, token: Token) -> Node:
    """Django's tag; the same text in the same language is looked up once."""
    node = do_translate(parser, token)
    expression = node.filter_expression
    is_constant = expression.var.literal is not None and not expression.filters  # the node made a variable of it
    return ConstantWord(node) if is_constant and not (node.asvar or node.message_context) else node


class Address(Node):
    """`{% url "name" value … %}` where the name stands in the template: lists say the same ones again and again."""

    def __init__(self, name: str, values: list[FilterExpression]) -> None:
        self._name, self._values = name, values

    def render(self, context: Context) -> str:
        return _address(self._name, *(value.resolve(context) for value in self._values))


@lru_cache(16 * REMEMBERED)
def _address(name: str, *values: Any) -> str:
    return conditional_escape(reverse(name, args=values))


@register.tag
def url(parser: Parser, token: Token) -> Node:
    """Django's tag; an address is put together once."""
    node = django_url(parser, token)
    is_constant = isinstance(node.view_name.var, str) and not node.view_name.filters
    is_plain = is_constant and not (node.kwargs or node.asvar)
    return Address(node.view_name.resolve({}), node.args) if is_plain else node
