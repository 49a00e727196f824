"""Words of a code table in the reader's language. A builtin of all templates."""

from django import template

from shouwang.office.registry.coded import coded

register = template.Library()
register.filter("coded", coded)
