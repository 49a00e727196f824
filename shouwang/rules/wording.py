"""A tree written out: as a formula of names, or in Chinese or English words."""

from dataclasses import dataclass
from fractions import Fraction

from shouwang.rules.display import number_shown
from shouwang.rules.parameters import Parameter
from shouwang.rules.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    Called,
    Choice,
    Comparison,
    Contains,
    Derived,
    Figure,
    FirstKnown,
    IsIn,
    Node,
    Not,
    NumberFact,
    Setting,
    UnknownWhen,
    YesNoFact,
)
from shouwang.rules.units import in_words, is_dimensionless
from shouwang.rules.vocabulary import FactSpec

_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_RELATIONS = {"<": "<", "<=": "≤", ">": ">", ">=": "≥", "==": "=", "!=": "≠"}


@dataclass(frozen=True)
class Lexicon:
    """The words between the names."""

    lang: str
    """`zh`, `en`, or `code` for the names themselves."""
    both: str
    either: str
    no: str
    one_of: str
    holds: str
    unless: str
    absent: str
    left: str
    right: str
    comma: str


CHINESE = Lexicon("zh", " 且 ", " 或 ", "非", "属于", "含", "，但未知，若", "，未知时用 ", "（", "）", "、")
ENGLISH = Lexicon(
    "en", " and ", " or ", "not ", " is ", " contains ", ", but unknown when ", ", or if unknown ", "(", ")", ", "
)
CODE = Lexicon("code", " & ", " | ", "~", ".is_in", ".contains", " unknown_when ", " first_known ", "(", ")", ", ")


def write(node: Node, words: Lexicon) -> str:
    """The whole expression on one line."""
    match node:
        case AllOf(parts=parts):
            return words.both.join(_inner(part, words) for part in parts)
        case AnyOf(parts=parts):
            return words.either.join(_inner(part, words) for part in parts)
        case Not(part=part):
            return f"{words.no}{_bracketed(part, words)}"
        case Comparison():
            return f"{_inner(node.left, words)} {_RELATIONS[node.relation]} {_inner(node.right, words)}"
        case Arithmetic():
            return f"{_inner(node.left, words)} {_SIGNS[node.sign]} {_inner(node.right, words)}"
        case UnknownWhen():
            return f"{_inner(node.value, words)}{words.unless}{_inner(node.condition, words)}"
        case FirstKnown():
            return f"{_inner(node.first, words)}{words.absent}{_inner(node.second, words)}"
        case Choice():
            return _choice(node, words)
    return _leaf(node, words)


def _inner(node: Node, words: Lexicon) -> str:
    compound = AllOf | AnyOf | Arithmetic | UnknownWhen | FirstKnown
    return _bracketed(node, words) if isinstance(node, compound) else write(node, words)


def _bracketed(node: Node, words: Lexicon) -> str:
    return f"{words.left}{write(node, words)}{words.right}"


def _choice(node: Choice, words: Lexicon) -> str:
    branches = (
        f"{label_in_words(node.spec, label, words.lang)}: {write(part, words)}" for label, part in node.branches
    )
    return f"{name_of(node.spec, words.lang)}[{'; '.join(branches)}]"


def _leaf(node: Node, words: Lexicon) -> str:
    match node:
        case NumberFact(spec=named) | YesNoFact(spec=named):
            return name_of(named, words.lang)
        case Derived():
            return name_of(node, words.lang)
        case Figure(parameter=parameter) | Setting(parameter=parameter):
            return _parameter(parameter, words)
        case IsIn():
            labels = words.comma.join(label_in_words(node.spec, label, words.lang) for label in node.labels)
            return f"{name_of(node.spec, words.lang)}{words.one_of}{words.left}{labels}{words.right}"
        case Contains():
            label = label_in_words(node.spec, node.member, words.lang)
            return f"{name_of(node.spec, words.lang)}{words.holds}{words.left}{label}{words.right}"
        case Called():
            inner = _bracketed(node.condition, words)
            return {"code": inner, "zh": f"{node.zh}{inner}"}.get(words.lang, f"{node.en} {inner}")
    return "0"


def _parameter(parameter: Parameter, words: Lexicon) -> str:
    if words.lang == "code":
        return f"p.{parameter.name}"
    return f"{name_of(parameter, words.lang)} {parameter_shown(parameter, words.lang)}"


def parameter_shown(parameter: Parameter, lang: str) -> str:
    """The value with its unit as people read it, exact: `5,000.00 元`, `30%`, `1.5 倍`, `是`."""
    value = parameter.value
    if isinstance(value, bool):
        return ("是" if value else "否") if lang == "zh" else ("yes" if value else "no")
    if isinstance(value, str):
        return value
    if parameter.unit == "份额":
        return f"{_exact(value * 100)}%"
    amount = _exact(value) if is_dimensionless(parameter.unit) else number_shown(value, parameter.unit)
    return f"{amount} {in_words(parameter.unit, lang)}"


def _exact(value: Fraction) -> str:
    """A decimal without trailing zeros; YAML holds decimals only, so it ends."""
    whole, part = divmod(abs(value), 1)
    digits = ""
    while part:
        digit, part = divmod(part * 10, 1)
        digits += str(digit)
    return f"{'-' if value < 0 else ''}{whole}{'.' if digits else ''}{digits}"


def name_of(thing: FactSpec | Derived | Parameter, lang: str) -> str:
    match lang:
        case "zh":
            return thing.zh
        case "en":
            return thing.en
    return thing.name


def label_in_words(spec: FactSpec, label: str, lang: str) -> str:
    """An option as people call it."""
    return label if lang == "code" else spec.options[label][0 if lang == "zh" else 1]
