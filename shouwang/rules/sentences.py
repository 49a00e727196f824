"""The Chinese and English sentences of one household, from the tree of the rule itself."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from shouwang.rules.display import number_shown
from shouwang.rules.evaluate import evaluate, number, truth
from shouwang.rules.phrases import Amount, ByLabel, Phrase, Piece, Words, phrases, tongue, variant_phrases
from shouwang.rules.policy import Policy, Rule, Wanted
from shouwang.rules.supports import Guard, Path
from shouwang.rules.tree import Derived, Node, used
from shouwang.rules.vocabulary import PERHAPS_MORE, Facts, FactSpec, Kind
from shouwang.rules.wording import name_of


@dataclass(frozen=True)
class Unverified:
    """The words of the to-verify sentence."""

    head: str
    signs: str
    unknown: str
    nothing: str
    comma: str
    semicolon: str


UNVERIFIED = {
    "zh": Unverified("待核实：", "迹象：", "未知：", "已知情况未达到Ⅴ级条件", "、", "；"),
    "en": Unverified("To verify: ", "signs: ", "unknown: ", "what is known does not meet level Ⅴ", ", ", "; "),
}


@cache
def rule_phrases(rule: Rule, lang: str) -> tuple[Phrase, ...]:
    """The phrases of a rule, then of its variants."""
    words = tongue(lang)
    made = list(phrases(rule.when, words))
    earlier: list[Node] = []
    for variant in rule.variants:
        if variant.condition is not None:
            label = variant.zh if lang == "zh" else variant.en
            made += variant_phrases(label, variant.condition, words, earlier=tuple(earlier))
            earlier.append(variant.condition)
    return tuple(made)


def rule_sentence(policy: Policy, rule: Rule, facts: Facts, lang: str = "zh") -> str:
    """Which comparisons made the rule true, with their values. Meaningful where the rule is true."""
    said = _joined(rule_phrases(rule, lang), facts, tongue(lang).semicolon)
    return said or (rule.zh if lang == "zh" else rule.en)


def _joined(said: Iterable[Phrase], facts: Facts, between: str) -> str:
    return between.join(_text(phrase.pieces, facts) for phrase in said if paths_hold(phrase.paths, facts))


def paths_hold(paths: Iterable[Path], facts: Facts) -> bool:
    """Whether every part along any of the paths came out as it must."""
    return any(all(_came_out(guard, facts) for guard in path) for path in paths)


def _came_out(guard: Guard, facts: Facts) -> bool:
    outcome = truth(guard.node, facts)
    if guard.outcome == "not true":
        return outcome is not True
    return {"true": True, "false": False, "unknown": None}[guard.outcome] is outcome


def _text(pieces: Iterable[Piece], facts: Facts) -> str:
    return "".join(_piece(piece, facts) for piece in pieces)


def _piece(piece: Piece, facts: Facts) -> str:
    match piece:
        case Words():
            return piece.text
        case Amount():
            value = number(piece.node, facts)
            return "" if value is None else number_shown(value, piece.unit)
        case ByLabel():
            return _text(dict(piece.pieces).get(str(facts.get(piece.spec.name)), ()), facts)
        case _:
            inner = _joined(piece.phrases, facts, piece.tongue.semicolon)
            return f"{piece.tongue.left}{inner}{piece.tongue.right}" if inner else ""


def is_unknown(thing: FactSpec | Derived, facts: Facts) -> bool:
    """Whether a fact is unknown (a set also where there may be more), or a derived one though its inputs are known."""
    if isinstance(thing, Derived):
        return evaluate(thing, facts) is None and not any(is_unknown(inner, facts) for inner in inputs(thing))
    stored = facts.get(thing.name)
    return stored is None or (thing.kind is Kind.SET and PERHAPS_MORE in stored)  # type: ignore[operator]


def inputs(thing: Derived) -> tuple[FactSpec | Derived, ...]:
    """What a derived fact is reckoned from."""
    return used(thing.expression)


def is_missing(wanted: Wanted, facts: Facts) -> bool:
    """Whether a fact is unknown, not answered another way, and something hangs on it."""
    if not is_unknown(wanted.thing, facts) or any(
        evaluate(choice, facts) is not None for choice in wanted.unless_known
    ):
        return False
    return wanted.in_green or any(truth(rule.when, facts) is None for rule in wanted.rules)


def unverified_sentence(policy: Policy, facts: Facts, lang: str = "zh") -> str:
    """What calls for a visit: the signs that are true, and the facts that are missing for a verdict."""
    words = UNVERIFIED[lang]
    signs = [sign.zh if lang == "zh" else sign.en for sign in policy.signs if truth(sign.condition, facts) is True]
    missing = [name_of(wanted.thing, lang) for wanted in policy.wanted if is_missing(wanted, facts)]
    parts = [
        head + words.comma.join(names) for head, names in ((words.signs, signs), (words.unknown, missing)) if names
    ]
    return words.head + (words.semicolon.join(parts) or words.nothing)
