"""How the reader's language puts words together. Builtins of all templates."""

from django import template

from shouwang.office.web import speaking

register = template.Library()
for word in (speaking.listed, speaking.clauses, speaking.led, speaking.aside, speaking.who):
    register.filter(word.__name__, word)
