"""When to look whether help works, and what was seen."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.casework.models import Baseline, Case, Effect
from shouwang.office.casework.queries.help_facts import read
from shouwang.office.registry.queries.facts import text_shown
from shouwang.office.web.speaking import language
from shouwang.policy.help_figures import figure
from shouwang.rules.display import number_shown, value_text
from shouwang.rules.evaluate import evaluate
from shouwang.rules.policy import Policy
from shouwang.rules.tree import Derived
from shouwang.rules.units import in_words
from shouwang.rules.vocabulary import Facts, FactSpec
from shouwang.terms.months import months_after
from shouwang.terms.unknown import Truth

OUTCOMES: dict[Truth, Effect.Outcome] = {
    True: Effect.Outcome.DOES_NOT,
    False: Effect.Outcome.WORKS,
    None: Effect.Outcome.UNKNOWN,
}
"""By whether the rule still fires."""


@dataclass(frozen=True)
class Look:
    """One of the two looks: due on which day."""

    after_months: int
    due_on: date


@dataclass(frozen=True)
class Change:
    """One fact then and now, in words. Unknown: None."""

    name: str
    before: str | None
    now: str | None

    @property
    def has_changed(self) -> bool:
        return self.before != self.now


def looks(case: Case, *, on: date) -> list[Look]:
    """Both looks of an included household; none before inclusion."""
    if case.included_on is None:
        return []
    months = (figure("effect_first_after", on), figure("effect_second_after", on))
    return [Look(after, months_after(case.included_on, after)) for after in months]


def changes(policy: Policy, case: Case, baseline: Baseline, now: Facts) -> list[Change]:
    """Every fact and derived fact the case's rules read, at inclusion and now."""
    before = read(baseline.facts)
    things = {
        thing.name: thing
        for code in case.rules
        if code in {rule.code for rule in policy.rules}
        for thing in policy.rule(code).used
    }
    return [Change(_name(thing), _shown(thing, before), _shown(thing, now)) for thing in things.values()]


def _name(thing: FactSpec | Derived) -> str:
    return thing.en if language() == "en" else thing.zh


def _shown(thing: FactSpec | Derived, facts: Facts) -> str | None:
    """A fact as its page shows it; a derived number with its unit. Unknown: None."""
    if isinstance(thing, FactSpec):
        return text_shown(thing, value_text(thing, facts))
    value = evaluate(thing, facts)
    if value is None or isinstance(value, bool):
        return None if value is None else (_("是") if value else _("否"))
    return f"{number_shown(value, thing.unit).removesuffix('.00')} {in_words(thing.unit, language())}"


def of_case(case: Case) -> list[Effect]:
    """What was seen so far, the first look first."""
    return list(Effect.objects.filter(case=case).order_by("after_months", "id"))
