"""What would change a verdict, in sentences."""

from collections.abc import Sequence

from shouwang.rules.counterfactual import Change, RuleEnds, Thing, WhatWouldChange
from shouwang.rules.display import number_shown
from shouwang.rules.tree import Derived
from shouwang.rules.units import in_words, is_dimensionless
from shouwang.rules.wording import name_of

_PER_PERSON = "人均"


def change_phrase(change: Change, lang: str = "zh") -> str:
    """`参考收入每人再高 412.00 元`."""
    name, unit = name_of(change.thing, lang), change.thing.unit
    amount = number_shown(change.by, unit)
    if lang == "en":
        words = "" if is_dimensionless(unit) else f" {in_words(unit, lang)}"
        return f"{name} {amount}{words} {'higher' if change.rises else 'lower'}"
    per_person = unit == "元/人"
    if per_person:
        name, unit = name.removesuffix(f"（{_PER_PERSON}）").removeprefix(_PER_PERSON) + "每人", "元"
    words = "" if is_dimensionless(unit) else f" {in_words(unit, lang)}"
    return f"{name}再{_more(change)} {amount}{words}"


def _more(change: Change) -> str:
    if isinstance(change.thing, Derived):
        return "高" if change.rises else "低"
    return "多" if change.rises else "少"


def rule_ends_sentences(ends: RuleEnds, lang: str = "zh") -> list[str]:
    """One sentence for every change that ends the rule, and one for what is unknown."""
    name = ends.rule.zh if lang == "zh" else ends.rule.en
    if lang == "zh":
        said = [f"{change_phrase(change)}，则“{name}”不再成立{_but(change, lang)}" for change in ends.changes]
        return said + [f"补齐 {_names(ends.unknown, lang)} 后才能判断“{name}”"] * bool(ends.unknown)
    said = [
        f"with {change_phrase(change, lang)}, “{name}” no longer holds{_but(change, lang)}" for change in ends.changes
    ]
    return said + [f"“{name}” can only be judged once {_names(ends.unknown, lang)} is known"] * bool(ends.unknown)


def _but(change: Change, lang: str) -> str:
    """What a change brings about besides, so that nobody reads it as advice."""
    if not change.sets_off:
        return ""
    if lang == "zh":
        return f"（但“{'”“'.join(rule.zh for rule in change.sets_off)}”随之成立）"
    return f" (but “{'”, “'.join(rule.en for rule in change.sets_off)}” then does)"


def _names(things: Sequence[Thing], lang: str) -> str:
    return ("、" if lang == "zh" else ", ").join(name_of(thing, lang) for thing in things)


def change_sentences(changes: WhatWouldChange, lang: str = "zh") -> list[str]:
    """All of it: rule by rule, what is missing, and at last what ends the warning altogether."""
    ends = (*changes.rules, *changes.open_rules)
    said = [sentence for one in ends for sentence in rule_ends_sentences(one, lang)]
    return [*said, *([_altogether(changes, lang)] if changes.rules else [])]


def _altogether(changes: WhatWouldChange, lang: str) -> str:
    if lang == "zh":
        if changes.singly:
            return "解除预警：" + "；或".join(change_phrase(change) for change in changes.singly)
        if changes.together:
            return "解除预警须同时：" + "；".join(change_phrase(change) for change in changes.together)
        return "仅靠数字变化不能解除预警"
    if changes.singly:
        return "To end the warning: " + "; or ".join(change_phrase(change, lang) for change in changes.singly)
    if changes.together:
        return "To end the warning, all of: " + "; ".join(change_phrase(change, lang) for change in changes.together)
    return "No change of numbers alone ends the warning"
