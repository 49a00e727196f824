"""What a visit asks: only what is unclear. Contradictions, what the household says it lacks, unknown facts that could
change the level, whether the values behind the warning are true; anything else by choice."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.office.casework.models import Authorisation, Case
from shouwang.office.casework.needs import NEEDS
from shouwang.office.casework.queries.help_facts import facts_on, policy_on, sheet_of
from shouwang.office.registry.models import Contradiction, FactSheet, Membership, Person
from shouwang.office.registry.queries.facts import source_words
from shouwang.office.registry.values import fact_name, to_text
from shouwang.office.warnings.models import Warning
from shouwang.office.web.speaking import language
from shouwang.policy.measure_kinds import MEASURES, MeasureKind, answering
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.rules import units
from shouwang.rules.counterfactual import missing
from shouwang.rules.evaluate import truth
from shouwang.rules.vocabulary import Facts, FactSpec, Kind

GUARANTEES = ("fed_and_clothed", "water_safe", "housing_grade", "out_of_school", "uninsured_members", "labour_units")
"""Asked of every household where they are unknown."""
NOT_AT_THE_DOOR = (
    "register",
    "members",
    "income_age_months",
    "net_income_before",
    "income_contradiction",
    "has_head",
    "overdue_days",
    "guarantee_days",
    "rigid_spending",
)
"""What a register or a bank knows better than a conversation."""
HARMLESS = {
    "earner_lost": ("no",),
    "guarantee_unsolved": ("no",),
    "water_safe": ("yes",),
    "fed_and_clothed": ("yes",),
    "housing_grade": ("A", "B"),
}
"""Values that are no reason, though a rule looked at them."""
MOST = 14
ADULT_YEARS = 18
SIZES = {
    "labour_units": ("0", "0.5", "1", "1.5", "2", "3"),
    "out_of_school": ("0", "1", "2"),
    "uninsured_members": ("0", "1", "2"),
}
"""Numbers that are tapped, not typed."""
WHY = {
    "contradiction": gettext_lazy("两个来源不一致"),
    "reason": gettext_lazy("是否属实"),
    "unknown": gettext_lazy("没有记录"),
    "declared": gettext_lazy("农户说到"),
    "choice": "",
}


@dataclass(frozen=True)
class Question:
    """One question. `choices`: value as written and what it is called; a number may also be typed where `is_number`."""

    fact: str
    title: str
    why: str
    said: str
    """What is known so far, in words; empty where nothing is."""
    choices: Sequence[tuple[str, str]]
    is_number: bool
    unit: str
    why_word: str | Promise = ""
    known: str = ""
    """What the office has on record, answered in advance; empty where that is nothing."""


def questions(case: Case, *, on: date) -> list[Question]:
    """What a visit to the household of a case should ask, the most telling first."""
    warning = (
        Warning.objects.filter(household_id=case.household_id, level__isnull=False).order_by("-publication").first()
    )
    asked: dict[str, Question] = {}
    for question in _all(case, warning, on=on):
        asked.setdefault(question.fact, question)
    return list(asked.values())[:MOST]


def _all(case: Case, warning: Warning | None, *, on: date) -> Iterator[Question]:
    sheet = sheet_of(case.household_id)
    facts = facts_on(sheet, on)
    yield from _contradictions(case.household_id)
    named = [need.facts for need in NEEDS if need.code in case.declared_needs]
    yield from _of_facts((fact for of_one in named for fact in of_one), sheet, "declared")
    yield from _reasons(warning)
    yield from _unknown(facts, on=on)


def _contradictions(household_id: str) -> Iterator[Question]:
    for row in Contradiction.objects.filter(household_id=household_id, kept="").order_by("fact"):
        spec = _askable(row.fact)
        if spec is None:
            continue
        values = [value for value in (row.first_value, row.second_value) if value is not None]
        said = _("%(a)s说 %(first)s，%(b)s说 %(second)s") % {
            "a": source_words(row.first_source) or _("一处"),
            "b": source_words(row.second_source) or _("一处"),
            "first": in_words(spec, row.first_value),
            "second": in_words(spec, row.second_value),
        }
        yield replace(_question(spec, "contradiction", said, values), known=row.first_value or "")


def _reasons(warning: Warning | None) -> Iterator[Question]:
    for reason in warning.reasons if warning else []:
        for value in reason["values"]:
            spec = _askable(value["fact"])
            if spec is None or value["value"] is None or _says_nothing(spec, value["value"]):
                continue
            yield _question(spec, "reason", in_words(spec, value["value"]), [value["value"]])


def _unknown(facts: Facts, *, on: date) -> Iterator[Question]:
    """Facts that are unknown and could change the level: those of rules that cannot be decided, and the guarantees."""
    policy = policy_on(on)
    names = list(GUARANTEES)
    for rule in policy.rules:
        if truth(rule.when, facts) is None:
            names += [thing.name for thing in missing(rule, facts)]
    for name in dict.fromkeys(names):
        spec = _askable(name)
        if spec is not None and facts.get(name) is None:
            yield _question(spec, "unknown", "", [])


def by_choice(case: Case, asked: Iterable[Question]) -> list[tuple[str | Promise, list[Question]]]:
    """What a visit may write down besides, by kind of need: every fact once, none that is asked already."""
    sheet = sheet_of(case.household_id)
    known = {question.fact for question in asked}
    found: list[tuple[str | Promise, list[Question]]] = []
    for need in NEEDS:
        rows = list(_of_facts((fact for fact in need.facts if fact not in known), sheet, "choice"))
        known.update(need.facts)
        found += [(need.word, rows)] if rows else []
    return found


def _of_facts(names: Iterable[str], sheet: FactSheet | None, why: str) -> Iterator[Question]:
    """Asked whatever the office has on record: that is shown, and never tapped in advance."""
    for name in names:
        spec = _askable(name)
        if spec is not None:
            text = to_text(spec, getattr(sheet, name, None))
            said = _("记录为 %(value)s") % {"value": in_words(spec, text)} if text is not None else ""
            yield _question(spec, why, said, [text] if text else [])


def _askable(fact: str) -> FactSpec | None:
    spec = VOCABULARY.get(fact)
    return None if spec is None or spec.kind is Kind.SET or fact in NOT_AT_THE_DOOR else spec


def _says_nothing(spec: FactSpec, text: str) -> bool:
    """Zero of something, or that all is well, is not what a household is asked about."""
    return text in HARMLESS.get(spec.name, ()) or (spec.kind is Kind.NUMBER and not text.strip("-0."))


def _question(spec: FactSpec, why: str, said: str, values: Iterable[str]) -> Question:
    choices = dict.fromkeys([*values, *_offered(spec)])
    return Question(
        fact=spec.name,
        title=fact_name(spec),
        why=why,
        said=said,
        choices=[(value, _called(spec, value, is_the_reason=why == "reason")) for value in choices],
        is_number=spec.kind is Kind.NUMBER and spec.name not in SIZES,
        unit=units.in_words(spec.unit, language()),
        why_word=WHY[why],
        known=next(iter(choices), "") if why == "reason" else "",
    )


def wishes(case: Case) -> list[MeasureKind]:
    """The help a household may wish for at a tap: what answers the rules of its case; anything where it has none."""
    answers = [kind for rule in case.rules for kind in answering(rule)]
    return list(dict.fromkeys(answers)) or list(MEASURES)


def _called(spec: FactSpec, value: str, *, is_the_reason: bool) -> str:
    if is_the_reason and spec.kind is Kind.NUMBER:
        return _("属实")
    return in_words(spec, value)


def _offered(spec: FactSpec) -> tuple[str, ...]:
    if spec.kind is Kind.YES_NO:
        return ("yes", "no")
    return tuple(spec.options) if spec.kind is Kind.CATEGORY else SIZES.get(spec.name, ())


def in_words(spec: FactSpec, text: str | None) -> str:
    """A value as people say it: 是/否, the option's name, a number with thousands and unit. Unknown: 未知."""
    if text is None:
        return _("未知")
    if spec.kind is Kind.YES_NO:
        return _("是") if text == "yes" else _("否")
    if spec.kind is Kind.CATEGORY:
        return spec.options[text][language() == "en"] if text in spec.options else text
    whole, _dot, part = text.partition(".")
    number = f"{int(whole or 0):,}" + (f".{part}" if part.strip("0") else "")
    return f"{number} {units.in_words(spec.unit, language())}"


def adults_to_sign(case: Case, *, on: date) -> list[Person]:
    """Adults of the household who have neither signed in this case nor said why not. An unknown age counts as adult."""
    grown = date(on.year - ADULT_YEARS, on.month, min(on.day, 28))
    current = Membership.objects.filter(household_id=case.household_id, until=None)
    decided = Authorisation.objects.filter(visit__case=case).filter(Q(until__gte=on) | ~Q(why_not="")).values("person")
    people = Person.objects.filter(pk__in=current.values("person"), died_on=None).exclude(pk__in=decided)
    return list(people.filter(Q(birth_date=None) | Q(birth_date__lte=grown)).defer("id_number").order_by("pk"))
