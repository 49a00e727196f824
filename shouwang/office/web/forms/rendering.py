"""Inputs and selects written as Django's templates would, at a tenth of the cost: a page of questions has dozens."""

from collections.abc import Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

FOLDER = "django/forms/widgets/"
INPUTS = frozenset(f"{FOLDER}{name}.html" for name in ("input", "text", "number", "date", "hidden", "checkbox"))
OPTIONS = frozenset(f"{FOLDER}{name}_option.html" for name in ("radio", "checkbox"))
SELECT = f"{FOLDER}select.html"


class Renderer(DjangoTemplates):
    """Django's own, but for plain inputs, options without a label around them, and selects without groups."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> SafeString:
        widget = context.get("widget", {})
        if template_name in INPUTS or (template_name in OPTIONS and not widget["wrap_label"]):
            return _input(widget)
        if template_name == SELECT and not any(name for name, _options, _index in widget["optgroups"]):
            return _select(widget)
        return super().render(template_name, context, request)


def _input(widget: Mapping[str, Any]) -> SafeString:
    value = "" if widget["value"] is None else format_html(' value="{}"', str(widget["value"]))
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], value, _attributes(widget))


def _select(widget: Mapping[str, Any]) -> SafeString:
    options = (option for _name, group, _index in widget["optgroups"] for option in group)
    shown = ((str(option["value"]), _attributes(option), option["label"]) for option in options)
    said = format_html_join("", '\n  <option value="{}"{}>{}</option>\n', shown)
    return format_html('<select name="{}"{}>{}\n</select>', widget["name"], _attributes(widget), said)


def _attributes(widget: Mapping[str, Any]) -> SafeString:
    said = [
        format_html(" {}", name) if value is True else format_html(' {}="{}"', name, str(value))
        for name, value in widget["attrs"].items()
        if value is not False
    ]
    return mark_safe("".join(said))
