"""What the screening stored in Chinese, in the reader's language. Builtins of all templates."""

from django import template

from shouwang.office.warnings.queries import telling

register = template.Library()
register.filter("told", telling.told)
register.filter("named", telling.named)
