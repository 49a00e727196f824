"""What a sentence is made of, read off the tree once: the deciding comparisons and the pieces each is said with.

`sentences` fills the pieces for one household, `engine_sentences` for millions of rows: one source, one text.
"""

from dataclasses import dataclass
from typing import TypeAlias

from shouwang.rules.supports import Guard, Path, supports
from shouwang.rules.tree import (
    OPPOSITE,
    Arithmetic,
    Called,
    Choice,
    Comparison,
    Contains,
    Derived,
    Figure,
    IsIn,
    Node,
    Not,
    NumberFact,
    Relation,
    Setting,
    UnknownWhen,
    YesNoFact,
    Zero,
    unit_of,
)
from shouwang.rules.units import in_words, is_dimensionless
from shouwang.rules.vocabulary import FactSpec
from shouwang.rules.wording import CHINESE, ENGLISH, label_in_words, name_of, parameter_shown, write


@dataclass(frozen=True)
class Words:
    text: str


@dataclass(frozen=True)
class Amount:
    """The value of a number in this household, as people read it."""

    node: Node
    unit: str


@dataclass(frozen=True)
class ByLabel:
    """The pieces of the household's own label."""

    spec: FactSpec
    pieces: tuple[tuple[str, tuple["Piece", ...]], ...]


@dataclass(frozen=True)
class Details:
    """The phrases that hold, in brackets; nothing where none does."""

    phrases: tuple["Phrase", ...]
    tongue: "Tongue"


Piece: TypeAlias = Words | Amount | ByLabel | Details


@dataclass(frozen=True)
class Phrase:
    """Said where any of the paths holds."""

    paths: tuple[Path, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Tongue:
    """The words between values in one language."""

    lang: str
    relations: tuple[tuple[Relation, str], ...]
    against_zero: tuple[tuple[Relation, str], ...]
    semicolon: str
    left: str
    right: str
    is_no: str
    contains: tuple[str, str]

    def name(self, thing: FactSpec | Derived) -> str:
        return name_of(thing, self.lang)

    def written(self, node: Node) -> str:
        return write(node, CHINESE if self.lang == "zh" else ENGLISH)


_ZH = Tongue(
    "zh",
    (
        ("<", "，低于"),
        ("<=", "，不高于"),
        (">", "，高于"),
        (">=", "，达到或超过"),
        ("==", "，等于"),
        ("!=", "，不等于"),
    ),
    ((">", ""), ("==", ""), ("<", "，为负"), (">=", "，不为负"), ("<=", "，不高于零"), ("!=", "，不为零")),
    "；",
    "（",
    "）",
    "：否",
    ("含", "不含"),
)
_EN = Tongue(
    "en",
    (
        ("<", ", below "),
        ("<=", ", not above "),
        (">", ", above "),
        (">=", ", at or above "),
        ("==", ", equal to "),
        ("!=", ", not equal to "),
    ),
    (
        (">", ""),
        ("==", ""),
        ("<", ", below zero"),
        (">=", ", not below zero"),
        ("<=", ", not above zero"),
        ("!=", ", not zero"),
    ),
    "; ",
    " (",
    ")",
    ": no",
    (" includes ", " does not include "),
)
_MIRRORED: dict[Relation, Relation] = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}


def tongue(lang: str) -> Tongue:
    """Errors: `KeyError` for a language that is neither `zh` nor `en`."""
    return {"zh": _ZH, "en": _EN}[lang]


def phrases(node: Node, words: Tongue, *, holds: bool = True, after: Path = ()) -> tuple[Phrase, ...]:
    """One phrase for every leaf that may carry the truth (or falsehood) of the condition."""
    made = []
    for support in supports(node, holds):
        pieces = _leaf(support.leaf, support.holds, words)
        if pieces:
            made.append(Phrase(tuple((*after, *path) for path in support.paths), pieces))
    return tuple(made)


def variant_phrases(label: str, condition: Node, words: Tongue, *, earlier: tuple[Node, ...]) -> tuple[Phrase, ...]:
    """The label of a variant with what decided for it, where no earlier variant is true."""
    after = (*(Guard(other, "not true") for other in earlier), Guard(condition, "true"))
    details = Details(phrases(condition, words), words)
    return (Phrase((after,), (Words(label), details)),)


def _leaf(leaf: Node, holds: bool, words: Tongue) -> tuple[Piece, ...]:
    match leaf:
        case Comparison():
            return _comparison(leaf, leaf.relation if holds else OPPOSITE[leaf.relation], words)
        case IsIn(spec=spec):
            labels = tuple((label, (Words(label_in_words(spec, label, words.lang)),)) for label in spec.options)
            return (Words(f"{words.name(spec)} "), ByLabel(spec, labels))
        case Contains():
            member = label_in_words(leaf.spec, leaf.member, words.lang)
            return (Words(f"{words.name(leaf.spec)}{words.contains[0 if holds else 1]}{member}"),)
        case YesNoFact():
            return (Words(words.name(leaf.spec) + ("" if holds else words.is_no)),)
        case Called(condition=inner):
            return _named(leaf.zh if words.lang == "zh" else leaf.en, inner, holds, words)
        case Derived(expression=inner):
            return _named(words.name(leaf), inner, holds, words)
    return ()


def _named(name: str, inner: Node, holds: bool, words: Tongue) -> tuple[Piece, ...]:
    said = Words(name + ("" if holds else words.is_no))
    return (said,) if _is_plain(inner) else (said, Details(phrases(inner, words, holds=holds), words))


def _is_plain(node: Node) -> bool:
    """Whether a name says it all: `家中无劳动力` needs no `劳动力 0 人` beside it."""
    while isinstance(node, Not):
        node = node.part
    if isinstance(node, Comparison):
        return node.relation == "==" and Zero() in (node.left, node.right)
    return isinstance(node, YesNoFact | Contains | Setting)


def _comparison(node: Comparison, relation: Relation, words: Tongue) -> tuple[Piece, ...]:
    left, right = node.left, node.right
    if isinstance(left, Zero):
        left, right, relation = right, left, _MIRRORED[relation]
    if isinstance(right, Zero):
        return (*_amount(left, words), Words(dict(words.against_zero)[relation]))
    return (*_amount(left, words), Words(dict(words.relations)[relation]), *_amount(right, words))


def _amount(node: Node, words: Tongue) -> tuple[Piece, ...]:
    """A number with its name: `参考收入（人均） 5,588.00 元/人`."""
    match node:
        case Figure():
            return (Words(words.written(node)),)
        case Zero():
            return (Words("0"),)
        case Choice():
            return (ByLabel(node.spec, tuple((label, _amount(branch, words)) for label, branch in node.branches)),)
        case UnknownWhen():
            return _amount(node.value, words)
        case Arithmetic(sign="*", left=Figure() as share, right=other):
            return _share_of(node, share, other, words)
        case Arithmetic(sign="*", left=other, right=Figure() as share):
            return _share_of(node, share, other, words)
        case NumberFact(spec=named):
            return (Words(f"{words.name(named)} "), *_value(node, words))
        case Derived():
            return (Words(f"{words.name(node)} "), *_value(node, words))
    return (Words(f"{words.written(node)} "), *_value(node, words))


def _value(node: Node, words: Tongue) -> tuple[Piece, ...]:
    unit = unit_of(node) or ""
    return (Amount(node, unit), Words("" if is_dimensionless(unit) else f" {in_words(unit, words.lang)}"))


def _share_of(product: Arithmetic, share: Figure, other: Node, words: Tongue) -> tuple[Piece, ...]:
    """`家庭纯收入 31,692.00 元的 30%（9,507.60 元）`."""
    whole = (Words(words.left), *_value(product, words), Words(words.right))
    if not is_dimensionless(share.parameter.unit):
        return (Words(words.written(share)), Words(" × "), *_amount(other, words), *whole)
    part = parameter_shown(share.parameter, words.lang)
    if words.lang == "zh":
        return (*_amount(other, words), Words(f"的 {part}"), *whole)
    between = "" if share.parameter.unit == "倍" else " of"
    return (Words(f"{part}{between} "), *_amount(other, words), *whole)
