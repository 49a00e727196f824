"""Why a household is warned: the sentence, the values it was decided by, and what would change it.

All of it is read from the warning itself, which keeps the facts as the run used them, and told by the run's own policy.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.core.cache import caches
from django.utils.translation import gettext as _

from shouwang.office.warnings.models import PublishedPolicy, Warning
from shouwang.office.warnings.queries.verdicts import installed_policy
from shouwang.office.web.speaking import language, led, listed
from shouwang.rules.display import number_shown, value_text
from shouwang.rules.units import in_words, is_dimensionless
from shouwang.screening.explain import Explanation, Graded, Said, Value, Words, explained
from shouwang.screening.explain.stored import facts_of

FIGURE = re.compile(r"(-?\d[\d,]*(?:\.\d+)?(?: ?(?:元/人|元|%|个月|天|人|yuan/person|yuan))?)")
INCOMES = ("reference_income", "income_per_person")
"""What a ruler can show, the one to show first."""


@dataclass(frozen=True)
class Part:
    """A piece of a sentence; figures stand out."""

    text: str
    is_figure: bool


@dataclass(frozen=True)
class Line:
    """One value a rule used. *Unknown*: `text` is empty."""

    code: str
    fact: str
    text: str
    source: str
    as_of: date | None
    rules: str
    depth: int


@dataclass(frozen=True)
class Ruler:
    """Income per person between the lines, in 元."""

    at: Decimal
    poor: Decimal
    line: Decimal
    level: int


@dataclass(frozen=True)
class Why:
    """What the card 为什么 shows beside the warning itself, in the language of the page."""

    parts: tuple[Part, ...]
    lines: tuple[Line, ...]
    changes: tuple[str, ...]
    ruler: Ruler | None
    could_be_worse: tuple[str, ...]
    missing: tuple[str, ...]
    asset_questions: tuple[str, ...]
    policy_name: str
    as_of: date
    is_policy_installed: bool

    @property
    def altogether(self) -> str:
        """What ends the warning as a whole: the last of the changes."""
        return self.changes[-1] if self.changes else ""

    @property
    def one_by_one(self) -> tuple[str, ...]:
        """What ends each rule, and what must be known first: the changes before the last."""
        return self.changes[:-1]


def why(warning: Warning) -> Why:
    """The explanation of a warning: nothing is read but the warning and its policy's words.

    People come back to the same households, so it is kept in memory for a while, under a mark of all it is told from.
    """
    lang = language()
    return caches["told"].get_or_set(f"{lang}-{_mark(warning)}", lambda: _told(warning, lang))


def _mark(warning: Warning) -> str:
    publication = warning.publication
    told_from = (_verdict(warning), warning.sentence, warning.change, warning.values, warning.contradictions)
    return sha256(repr((told_from, warning.changes, publication.policy_id, publication.as_of)).encode()).hexdigest()


def _told(warning: Warning, lang: str) -> Why:
    told = explanation(warning)
    sentence = told.sentence.of(lang) if told.sentence else warning.sentence
    return Why(
        parts=parts_of(sentence or _no_longer(warning)),
        lines=_lines(told, lang),
        changes=tuple(said.of(lang) for said in told.changes),
        ruler=_ruler(warning, told),
        could_be_worse=tuple(said.of(lang) for said in told.could_be_worse),
        missing=tuple(led(one.name.of(lang), listed(who.of(lang) for who in one.who)) for one in told.missing),
        asset_questions=tuple(said.of(lang) for said in told.asset_questions),
        policy_name=told.policy_name.of(lang),
        as_of=told.as_of,
        is_policy_installed=told.is_policy_installed,
    )


def explanation(warning: Warning) -> Explanation:
    """As `shouwang explain` tells it, from what the warning keeps; what would change it is reckoned if it was not."""
    publication = warning.publication
    changes = warning.changes
    is_warned = warning.level is not None
    return explained(
        verdict=_verdict(warning),
        row=_row(warning),
        words=words_of(publication.policy_id)[0],
        graded=Graded(publication.as_of, publication.policy.code, publication.policy_id),
        policy=installed_policy(publication.policy.code, publication.policy_id) if is_warned else None,
        changes=None if changes is None else tuple(Said(*pair) for pair in changes),
    )


@lru_cache(maxsize=16)
def words_of(version: str) -> tuple[Words, Mapping[str, Any]]:
    """Words of a published policy, and its parameters by name."""
    frozen = PublishedPolicy.objects.get(pk=version).frozen
    return Words(frozen), {one["name"]: one["value"] for one in frozen["parameters"]}


def _verdict(warning: Warning) -> dict[str, Any]:
    return {
        "household_id": warning.household_id,
        "area_code": warning.area_code,
        "members": warning.members,
        "register": (warning.values.get("register") or [None])[0],
        "level": warning.level,
        "status": warning.status,
        "national_type": warning.national_type or None,
        "reasons": [
            {**reason, "values": [{**one, "as_of": _day(one["as_of"])} for one in reason["values"]]}
            for reason in warning.reasons
        ],
        "signs": warning.signs,
        "could_be_worse": warning.could_be_worse,
        "asset_flags": warning.asset_flags,
    }


def _row(warning: Warning) -> dict[str, Any]:
    row: dict[str, Any] = {"contradictions": warning.contradictions}
    for name, (value, as_of, source) in warning.values.items():
        row |= {name: value, f"{name}__as_of": _day(as_of), f"{name}__source": source}
    return row


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def parts_of(sentence: str) -> tuple[Part, ...]:
    """A sentence cut at its figures."""
    return tuple(Part(text, n % 2 == 1) for n, text in enumerate(FIGURE.split(sentence)) if text)


def _no_longer(warning: Warning) -> str:
    if warning.change == Warning.Change.NOW_UNVERIFIED:
        return _("这次筛查时所知不足，转入待核实；原来的级别不因此降低。")
    if warning.change == Warning.Change.LEFT:
        return _("这次筛查的登记册里没有这一户。")
    return _("这次筛查没有规则成立；已认定的级别只能按程序消除。")


def _lines(told: Explanation, lang: str) -> tuple[Line, ...]:
    """Each fact once, with all the rules that used it, at the least depth."""
    found: dict[str, tuple[Value, list[str]]] = {}
    for reason in told.reasons:
        for value in reason.values:
            if value.is_unneeded:
                continue
            known = found.setdefault(value.fact, (value, []))
            known[1].append(f"{reason.level.numeral} {reason.name.of(lang)}")
    return tuple(
        Line(
            code=value.fact,
            fact=told.names[value.fact].of(lang),
            text=_amount(told, value, lang),
            source=value.source.of(lang),
            as_of=value.as_of,
            rules=listed(dict.fromkeys(rules)),
            depth=value.depth,
        )
        for value, rules in found.values()
    )


def _amount(told: Explanation, value: Value, lang: str) -> str:
    if value.text is None:
        return ""
    if value.unit:
        shown = number_shown(Fraction(value.text), value.unit)
        return shown if is_dimensionless(value.unit) else f"{shown} {in_words(value.unit, lang)}"
    if value.text in ("yes", "no"):
        return _("是") if value.text == "yes" else _("否")
    options = told.options.get(value.fact, {})
    shown = listed(options[one].of(lang) if one in options else one for one in value.text.split("、") if one)
    return shown or _("无")


def _ruler(warning: Warning, told: Explanation) -> Ruler | None:
    """None where income per person is not known, or the policy is not installed and no rule looked at it."""
    values = {value.fact: value.text for reason in told.reasons for value in reason.values}
    policy = installed_policy(told.policy, told.policy_version)
    if policy and not any(values.get(name) for name in INCOMES):
        facts = facts_of(policy, _row(warning))
        values |= {name: value_text(policy.named(name), facts) for name in INCOMES}
    at = next((values[name] for name in INCOMES if values.get(name)), None)
    figures = words_of(warning.publication.policy_id)[1]
    if at is None or "poverty_line" not in figures or warning.level is None:
        return None
    poor = Fraction(str(figures["poverty_line"]))
    line = values.get("monitoring_line")
    of_line = Fraction(line) if line else poor * Fraction(str(figures.get("line_factor", 1)))
    return Ruler(Decimal(at), _decimal(poor), _decimal(of_line), warning.level)


def _decimal(amount: Fraction) -> Decimal:
    return Decimal(amount.numerator) / Decimal(amount.denominator)
