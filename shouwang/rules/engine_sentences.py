"""The sentences of `sentences`, built inside the engine from the same phrases. Meant for the warned few."""

import operator
from collections.abc import Callable, Iterable, Sequence
from functools import reduce

import ibis
import ibis.expr.types as ir

from shouwang.rules.engine_numbers import column, ratio
from shouwang.rules.engine_text import named, number_shown
from shouwang.rules.engine_truth import truth
from shouwang.rules.phrases import Amount, ByLabel, Phrase, Piece, Words, tongue
from shouwang.rules.policy import Policy, Rule
from shouwang.rules.sentences import UNVERIFIED, inputs, rule_phrases
from shouwang.rules.supports import Guard, Path
from shouwang.rules.tree import Derived, Node, is_condition
from shouwang.rules.vocabulary import PERHAPS_MORE, FactSpec, Kind
from shouwang.rules.wording import name_of

_Said = tuple[ir.BooleanValue, ir.StringValue]
"""A text and whether it is said."""


def rule_sentence(policy: Policy, rule: Rule, table: ir.Table, lang: str = "zh") -> ir.StringValue:
    """As `sentences.rule_sentence`; meaningful where the rule is true."""
    said = _phrases(rule_phrases(rule, lang), table)
    name = rule.zh if lang == "zh" else rule.en
    return _or_else(_joined(said, tongue(lang).semicolon), name)


def _phrases(phrases: Iterable[Phrase], table: ir.Table) -> list[_Said]:
    return [(_any_holds(phrase.paths, table), _text(phrase.pieces, table)) for phrase in phrases]


def _joined(said: Sequence[_Said], between: str) -> ir.StringValue:
    """The texts that are said, with the separator between them; empty where none is."""
    if not said:
        return ibis.literal("")
    texts = (ibis.ifelse(holds, between + text, "") for holds, text in said)
    return named(reduce(operator.add, texts), lambda joined: joined.substr(len(between)))


def _or_else(text: ir.StringValue, instead: str) -> ir.StringValue:
    return named(text, lambda said: ibis.ifelse(said == "", instead, said))


def _any_holds(paths: Iterable[Path], table: ir.Table) -> ir.BooleanValue:
    return _any([_all([_came_out(guard, table) for guard in path]) for path in paths])


def _all(claims: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    return reduce(operator.and_, claims) if claims else ibis.literal(True)


def _any(claims: Sequence[ir.BooleanValue]) -> ir.BooleanValue:
    return reduce(operator.or_, claims) if claims else ibis.literal(False)


_OUTCOMES: dict[str, Callable[[ir.BooleanValue], ir.BooleanValue]] = {
    "true": lambda claim: claim.fill_null(False),
    "false": lambda claim: (~claim).fill_null(False),
    "unknown": lambda claim: claim.isnull(),
    "not true": lambda claim: ~claim.fill_null(False),
}


def _came_out(guard: Guard, table: ir.Table) -> ir.BooleanValue:
    return _OUTCOMES[guard.outcome](truth(guard.node, table))


def _text(pieces: Sequence[Piece], table: ir.Table) -> ir.StringValue:
    return reduce(operator.add, (_piece(piece, table) for piece in pieces), ibis.literal(""))


def _piece(piece: Piece, table: ir.Table) -> ir.StringValue:
    match piece:
        case Words():
            return ibis.literal(piece.text)
        case Amount():
            return number_shown(ratio(piece.node, table, truth), piece.unit).fill_null("")
        case ByLabel():
            category = column(piece.spec.name, table, "string")
            return ibis.cases(
                *((category.isin([label]), _text(inner, table)) for label, inner in piece.pieces), else_=""
            )
        case _:
            inner = _joined(_phrases(piece.phrases, table), piece.tongue.semicolon)
            left, right = piece.tongue.left, piece.tongue.right
            return named(inner, lambda said: ibis.ifelse(said == "", "", left + said + right))


def is_unknown(thing: FactSpec | Derived, table: ir.Table) -> ir.BooleanValue:
    """As `sentences.is_unknown`; never null."""
    if isinstance(thing, Derived):
        return _has_no_value(thing, table) & ~_any([is_unknown(inner, table) for inner in inputs(thing)])
    if thing.kind is Kind.SET:
        return column(thing.name, table, "array<string>").contains(PERHAPS_MORE).fill_null(True)
    return column(thing.name, table, "string").isnull()


def _has_no_value(node: Node, table: ir.Table) -> ir.BooleanValue:
    value = truth(node, table) if is_condition(node) else ratio(node, table, truth).above
    return ibis.literal(False) if value is None else value.isnull()


def unverified_sentence(policy: Policy, table: ir.Table, lang: str = "zh") -> ir.StringValue:
    """As `sentences.unverified_sentence`."""
    words = UNVERIFIED[lang]
    signs = [
        (truth(sign.condition, table).fill_null(False), ibis.literal(sign.zh if lang == "zh" else sign.en))
        for sign in policy.signs
    ]
    missing = []
    for wanted in policy.wanted:
        hangs = [truth(rule.when, table).isnull() for rule in wanted.rules]
        blocks = ibis.literal(True) if wanted.in_green else _any(hangs)
        for choice in wanted.unless_known:
            blocks = blocks & _has_no_value(choice, table)
        missing.append((is_unknown(wanted.thing, table) & blocks, ibis.literal(name_of(wanted.thing, lang))))
    parts = []
    for head, said in ((words.signs, signs), (words.unknown, missing)):
        parts.append((_any([holds for holds, _ in said]), head + _joined(said, words.comma)))
    return words.head + _or_else(_joined(parts, words.semicolon), words.nothing)
