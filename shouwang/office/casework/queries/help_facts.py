"""The facts of a household as the policy's rules read them, today."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.registry.evidence import evidence
from shouwang.office.registry.models import FACTS, FactSheet
from shouwang.office.registry.values import BETWEEN, from_text, to_text
from shouwang.office.warnings.models import Publication
from shouwang.office.web.speaking import language
from shouwang.policy import load
from shouwang.policy.measure_examples import families_in_english
from shouwang.policy.measure_kinds import measure_kind
from shouwang.policy.versions import VERSIONS
from shouwang.rules.policy import Policy
from shouwang.rules.tree import Derived
from shouwang.rules.vocabulary import Facts, FactSpec, Kind, Stored

AGE = "income_age_months"
OTHER = "other"
"""In place of a rule: a need that no rule asks about."""


def policy_on(on: date) -> Policy:
    """The policy the newest publication was graded by; before there is one, the newest in force on the day."""
    published = (
        Publication.objects.filter(published_on__lte=on)
        .order_by("-as_of", "-id")
        .values_list("policy__code", flat=True)
        .first()
    )
    in_force = [version.code for version in VERSIONS if version.in_force <= on] or [VERSIONS[0].code]
    return load(published if published in {version.code for version in VERSIONS} else in_force[-1])


def sheet_of(household_id: str) -> FactSheet | None:
    """The facts that count now, with their batch. Unknown: None, nothing was ever recorded."""
    return sheets_of([household_id]).get(household_id)


def sheets_of(households: Iterable[str]) -> dict[str, FactSheet]:
    """The same for many households, by their number, in one query."""
    return {sheet.pk: sheet for sheet in FactSheet.objects.select_related("batch").filter(pk__in=list(households))}


def facts_on(sheet: FactSheet | None, on: date) -> Facts:
    """What rules may read on a day. Unknown: everything, without a sheet.

    A figure of income grows older by itself, one that somebody verified after the batch from the day it is of.
    """
    if sheet is None:
        return {}
    facts = {spec.name: _stored(spec, getattr(sheet, spec.name)) for spec in FACTS}
    age = facts.get(AGE)
    if age is None or sheet.batch is None:
        return facts
    verified_on = date.fromisoformat(evidence(sheet, AGE)[0] or sheet.batch.as_of.isoformat())
    return {**facts, AGE: int(str(age)) + _months(max(sheet.batch.as_of, verified_on), on)}


def _stored(spec: FactSpec, value: int | bool | str | None) -> Stored:
    if value is None or spec.kind is not Kind.SET:
        return value
    return [part for part in str(value).split(BETWEEN) if part]


def _months(since: date, until: date) -> int:
    """Whole months that have passed; none where the day lies before."""
    months = (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)
    return max(months, 0)


def looked_at(policy: Policy, rules: list[str]) -> list[FactSpec]:
    """Every fact the rules read, in the order of first use. A rule the policy does not have reads nothing."""
    found = {
        thing.name: thing
        for code in rules
        if code in codes(policy)
        for thing in policy.rule(code).used
        if not isinstance(thing, Derived)
    }
    return list(found.values())


def codes(policy: Policy) -> tuple[str, ...]:
    return tuple(rule.code for rule in policy.rules)


def texts(specs: list[FactSpec], facts: Facts) -> dict[str, str | None]:
    """Facts as text, by name. Unknown: None."""
    return {spec.name: to_text(spec, _column(facts.get(spec.name))) for spec in specs}


def read(kept: dict[str, str | None]) -> Facts:
    """The same, back from their text."""
    by_name = {spec.name: spec for spec in FACTS}
    return {
        name: _stored(by_name[name], from_text(by_name[name], text)) for name, text in kept.items() if name in by_name
    }


def _column(value: Stored) -> int | bool | str | None:
    return value if value is None or isinstance(value, int | bool | str) else BETWEEN.join(sorted(value))


def family_of_rule(policy: Policy, code: str) -> str:
    """The family of the level the rule has; empty for a code the policy does not know."""
    return policy.measures[policy.rule(code).level][0] if code in codes(policy) else ""


def other_name() -> str:
    """What a measure answers that answers no rule."""
    return _("核实到的其他困难")


def rule_name(policy: Policy, code: str) -> str:
    """The rule in the reader's language; a code the policy does not know is shown as it is."""
    if code == OTHER:
        return other_name()
    if code not in codes(policy):
        return code
    rule = policy.rule(code)
    return rule.en if language() == "en" else rule.zh


def families_of(code: str) -> str:
    """The families of 扶带帮引提 a measure is of, in the order of the levels they go to."""
    families = measure_kind(code).families
    return families_in_english(families) if language() == "en" else "·".join(families)


def kind_name(code: str) -> str:
    """The measure in the reader's language."""
    kind = measure_kind(code)
    return kind.en if language() == "en" else kind.zh
