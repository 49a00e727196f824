"""The expression tree: small frozen nodes, and the walks over them that every reader of a tree shares."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from shouwang.rules.parameters import Parameter
from shouwang.rules.units import YES_NO_UNIT, divided, is_dimensionless
from shouwang.rules.vocabulary import FactSpec

Sign: TypeAlias = Literal["+", "-", "*", "/"]
Relation: TypeAlias = Literal["<", "<=", ">", ">=", "==", "!="]
OPPOSITE: dict[Relation, Relation] = {"<": ">=", ">=": "<", ">": "<=", "<=": ">", "==": "!=", "!=": "=="}


@dataclass(frozen=True)
class NumberFact:
    spec: FactSpec


@dataclass(frozen=True)
class YesNoFact:
    spec: FactSpec


@dataclass(frozen=True)
class Figure:
    """A parameter that is a number."""

    parameter: Parameter


@dataclass(frozen=True)
class Setting:
    """A parameter that is yes or no, as a condition."""

    parameter: Parameter


@dataclass(frozen=True)
class Zero:
    """The one number that may stand in a rule: nothing of whatever unit."""


@dataclass(frozen=True)
class Derived:
    """A named formula over facts: a number, or a condition where its unit is 是否."""

    name: str
    zh: str
    en: str
    unit: str
    expression: "Node"


@dataclass(frozen=True)
class Arithmetic:
    """*Unknown*: either side unknown, or a divisor that is not above zero."""

    sign: Sign
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class Comparison:
    relation: Relation
    left: "Node"
    right: "Node"


@dataclass(frozen=True)
class AllOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Node", ...]


@dataclass(frozen=True)
class Not:
    part: "Node"


@dataclass(frozen=True)
class IsIn:
    """The category is one of the labels."""

    spec: FactSpec
    labels: tuple[str, ...]


@dataclass(frozen=True)
class Contains:
    """The set holds the member. *Unknown*: it does not, but there may be more than is listed."""

    spec: FactSpec
    member: str


@dataclass(frozen=True)
class Choice:
    """One expression for every label of a category."""

    spec: FactSpec
    branches: tuple[tuple[str, "Node"], ...]


@dataclass(frozen=True)
class UnknownWhen:
    """The value, but unknown where the condition is true."""

    condition: "Node"
    value: "Node"


@dataclass(frozen=True)
class FirstKnown:
    """The first, or the second where the first is unknown."""

    first: "Node"
    second: "Node"


@dataclass(frozen=True)
class Called:
    """A condition under the name it has in sentences."""

    condition: "Node"
    zh: str
    en: str


Node: TypeAlias = (
    NumberFact
    | YesNoFact
    | Figure
    | Setting
    | Zero
    | Derived
    | Arithmetic
    | Comparison
    | AllOf
    | AnyOf
    | Not
    | IsIn
    | Contains
    | Choice
    | UnknownWhen
    | FirstKnown
    | Called
)


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly below, in the order they are written."""
    match node:
        case Arithmetic(left=left, right=right) | Comparison(left=left, right=right):
            return (left, right)
        case AllOf(parts=parts) | AnyOf(parts=parts):
            return parts
        case Choice():
            return tuple(branch for _, branch in node.branches)
        case UnknownWhen():
            return (node.condition, node.value)
        case FirstKnown():
            return (node.first, node.second)
        case Derived(expression=part) | Not(part=part) | Called(condition=part):
            return (part,)
    return ()


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it, each before its children."""
    yield node
    for child in children(node):
        yield from walk(child)


def by_label(node: Choice) -> list[tuple[list[str], Node]]:
    """The labels of each different branch."""
    groups: dict[Node, list[str]] = {}
    for label, branch in node.branches:
        groups.setdefault(branch, []).append(label)
    return [(labels, branch) for branch, labels in groups.items()]


def parameters_of(*nodes: Node) -> tuple[Parameter, ...]:
    """Every parameter used, in order of first use."""
    found: dict[str, Parameter] = {}
    for root in nodes:
        for node in walk(root):
            if isinstance(node, Figure | Setting):
                found.setdefault(node.parameter.name, node.parameter)
    return tuple(found.values())


def used(*nodes: Node) -> tuple[FactSpec | Derived, ...]:
    """Every fact and derived fact used, in order of first use, a derived fact right before its inputs."""
    found: dict[str, FactSpec | Derived] = {}
    for root in nodes:
        for node in walk(root):
            match node:
                case NumberFact(spec=spec) | YesNoFact(spec=spec) | IsIn(spec=spec):
                    found.setdefault(spec.name, spec)
                case Contains(spec=spec) | Choice(spec=spec):
                    found.setdefault(spec.name, spec)
                case Derived():
                    found.setdefault(node.name, node)
    return tuple(found.values())


def is_condition(node: Node) -> bool:
    """Whether the node is true, false or unknown rather than a number."""
    match node:
        case Derived():
            return node.unit == YES_NO_UNIT
        case Choice():
            return is_condition(node.branches[0][1])
        case UnknownWhen():
            return is_condition(node.value)
        case FirstKnown():
            return is_condition(node.first)
    return not isinstance(node, NumberFact | Figure | Zero | Arithmetic)


def unit_of(node: Node) -> str | None:
    """The unit of a number; None for zero, which is of any unit."""
    match node:
        case NumberFact():
            return node.spec.unit
        case Figure():
            return node.parameter.unit
        case Derived():
            return node.unit
        case Arithmetic():
            return _unit_of_arithmetic(node)
        case Choice():
            return next((unit for _, branch in node.branches if (unit := unit_of(branch))), None)
        case UnknownWhen():
            return unit_of(node.value)
        case FirstKnown():
            return unit_of(node.first) or unit_of(node.second)
    return None


def _unit_of_arithmetic(node: Arithmetic) -> str | None:
    left, right = unit_of(node.left), unit_of(node.right)
    if node.sign == "/":
        return divided(left, right) if left and right else left
    if node.sign == "*" and left and right:
        return right if is_dimensionless(left) else left
    return left or right
