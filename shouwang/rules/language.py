"""The words a rule is written with: quantities, claims, categories and sets that build the tree through operators."""

from dataclasses import dataclass
from typing import Any, NoReturn

from shouwang.rules.place import mistake
from shouwang.rules.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    Called,
    Choice,
    Comparison,
    Contains,
    FirstKnown,
    IsIn,
    Node,
    Not,
    Relation,
    Sign,
    UnknownWhen,
    Zero,
    is_condition,
    unit_of,
)
from shouwang.rules.units import divided, is_dimensionless, same
from shouwang.rules.vocabulary import FactSpec


def _no_truth(what: str) -> NoReturn:
    raise mistake(
        f"{what} 没有当场的真假 (bool(), and, or, not, if)", "use & | ~ 并给每个比较加括号, e.g. (a < b) & ~(c > d)"
    )


@dataclass(frozen=True, eq=False)
class Quantity:
    """A number with a unit."""

    node: Node

    def __add__(self, other: object) -> "Quantity":
        return _sum("+", self, other)

    def __radd__(self, other: object) -> "Quantity":
        return _sum("+", other, self)

    def __sub__(self, other: object) -> "Quantity":
        return _sum("-", self, other)

    def __rsub__(self, other: object) -> "Quantity":
        return _sum("-", other, self)

    def __mul__(self, other: object) -> "Quantity":
        return _product(self, other)

    def __rmul__(self, other: object) -> "Quantity":
        return _product(other, self)

    def __truediv__(self, other: object) -> "Quantity":
        return _quotient(self, other)

    def __rtruediv__(self, other: object) -> "Quantity":
        return _quotient(other, self)

    def __lt__(self, other: object) -> "Claim":
        return _comparison("<", self, other)

    def __le__(self, other: object) -> "Claim":
        return _comparison("<=", self, other)

    def __gt__(self, other: object) -> "Claim":
        return _comparison(">", self, other)

    def __ge__(self, other: object) -> "Claim":
        return _comparison(">=", self, other)

    def __eq__(self, other: object) -> "Claim":  # type: ignore[override]  # builds a node
        return _comparison("==", self, other)

    def __ne__(self, other: object) -> NoReturn:
        raise mistake("!= 不在规则语言中", "use ~(a == b)")

    def __bool__(self) -> NoReturn:
        _no_truth("一个数")


@dataclass(frozen=True, eq=False)
class Claim:
    """What is true, false or unknown."""

    node: Node

    def __and__(self, other: object) -> "Claim":
        return Claim(AllOf((*_parts(AllOf, self), *_parts(AllOf, other))))

    def __or__(self, other: object) -> "Claim":
        return Claim(AnyOf((*_parts(AnyOf, self), *_parts(AnyOf, other))))

    def __rand__(self, other: object) -> "Claim":
        return _claim(other) & self

    def __ror__(self, other: object) -> "Claim":
        return _claim(other) | self

    def __invert__(self) -> "Claim":
        return Claim(self.node.part if isinstance(self.node, Not) else Not(self.node))

    def __eq__(self, other: object) -> NoReturn:
        raise mistake("条件不用 == 比较", "use the condition itself, or ~condition")

    def __bool__(self) -> NoReturn:
        _no_truth("一个条件")

    def called(self, zh: str, en: str) -> "Claim":
        """The same condition under the name it has in sentences."""
        return Claim(Called(self.node, zh, en))


@dataclass(frozen=True, eq=False)
class Category:
    """A fact that is one of several labels."""

    spec: FactSpec

    def is_in(self, *labels: str) -> Claim:
        """True where the label is one of these."""
        _check_labels(self.spec, labels)
        return Claim(IsIn(self.spec, labels))

    def __eq__(self, other: object) -> NoReturn:
        raise mistake(f"{self.spec.name} 不用 == 比较", f'use h.{self.spec.name}.is_in("…")')

    def __bool__(self) -> NoReturn:
        _no_truth(self.spec.name)


@dataclass(frozen=True, eq=False)
class Group:
    """A fact that is a set of labels."""

    spec: FactSpec

    def contains(self, member: str) -> Claim:
        """True where the member is in the set; unknown where it is not but there may be more."""
        _check_labels(self.spec, (member,))
        return Claim(Contains(self.spec, member))

    def __bool__(self) -> NoReturn:
        _no_truth(self.spec.name)


def by(category: object, *, otherwise: object = None, **branches: object) -> Any:
    """One value for every label of a category. Errors: an option neither named nor covered by `otherwise`."""
    if not isinstance(category, Category):
        raise mistake("by() 的第一项不是类别事实", "写 by(h.register, exited=…, general=…)")
    spec = category.spec
    if branches:
        _check_labels(spec, tuple(branches))
    missing = [label for label in spec.options if label not in branches]
    if missing and otherwise is None:
        raise mistake(f"by(h.{spec.name}, …) 没有说到 {'、'.join(missing)}", "补上这些选项或 otherwise=")
    if not missing and otherwise is not None:
        raise mistake(f"by(h.{spec.name}, …) 的 otherwise= 永远用不到", "删去 otherwise=")
    values = {label: _value(branches.get(label, otherwise)) for label in spec.options}
    _check_alike(*values.values())
    return wrap(Choice(spec, tuple((label, value.node) for label, value in values.items())))


def unknown_when(condition: object, value: object) -> Any:
    """The value, but unknown where the condition is true (kept where it is false or unknown)."""
    return wrap(UnknownWhen(_claim(condition).node, _value(value).node))


def first_known(first: object, second: object) -> Any:
    """The first, or the second where the first is unknown."""
    _check_alike(_value(first), _value(second))
    return wrap(FirstKnown(_value(first).node, _value(second).node))


def wrap(node: Node) -> Quantity | Claim:
    return Claim(node) if is_condition(node) else Quantity(node)


def _check_labels(spec: FactSpec, labels: tuple[str, ...]) -> None:
    wrong = [str(label) for label in labels if label not in spec.options]
    if wrong or not labels:
        raise mistake(f"{spec.name} 没有选项 {'、'.join(wrong) or '(空)'}", f"用其中之一: {'、'.join(spec.options)}")


def _claim(value: object) -> Claim:
    if not isinstance(value, Claim):
        raise mistake(f"这里应是条件, 却是 {_what(value)}", "use a comparison or a yes/no fact; 每个比较加括号")
    return value


def _what(value: object) -> str:
    return f"{type(value).__name__} {value}" if isinstance(value, int | float | str | bool) else type(value).__name__


def _parts(kind: type[AllOf] | type[AnyOf], value: object) -> tuple[Node, ...]:
    """The parts of a condition of the same kind, so that a & b & c is one node of three."""
    node = _claim(value).node
    return node.parts if isinstance(node, AllOf | AnyOf) and isinstance(node, kind) else (node,)


def _quantity(value: object) -> Quantity:
    if isinstance(value, Quantity):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        if value == 0:
            return Quantity(Zero())
        raise mistake(f"规则中写了数字 {value} (a figure in rule code)", "写进参数文件, 用 p.<name>; 只有 0 可以直接写")
    raise mistake(f"这里应是数, 却是 {_what(value)}", "use a number fact or p.<name>")


def _value(value: object) -> Quantity | Claim:
    return value if isinstance(value, Claim) else _quantity(value)


def _check_alike(first: Quantity | Claim, *others: Quantity | Claim) -> None:
    for other in others:
        if isinstance(first, Claim) is not isinstance(other, Claim):
            raise mistake("各支一会儿是数一会儿是条件", "都用数或都用条件")
        _check_units(first.node, other.node, "各支")
        if unit_of(first.node) is None:
            first = other


def _check_units(left: Node, right: Node, what: str) -> None:
    one, two = unit_of(left), unit_of(right)
    if one is not None and two is not None and not same(one, two):
        raise mistake(f"{what}单位不同 (units differ): {one} 与 {two}", "换算到同一单位, e.g. 元 ÷ 人 → 元/人")


def _sum(sign: Sign, left: object, right: object) -> Quantity:
    one, two = _quantity(left), _quantity(right)
    _check_units(one.node, two.node, "加减两边")
    if isinstance(two.node, Zero):
        return one
    if isinstance(one.node, Zero) and sign == "+":
        return two
    return Quantity(Arithmetic(sign, one.node, two.node))


def _product(left: object, right: object) -> Quantity:
    one, two = _quantity(left), _quantity(right)
    units = (unit_of(one.node), unit_of(two.node))
    if None in units:
        raise mistake("乘以 0", "直接写 0")
    if not any(is_dimensionless(str(unit)) for unit in units):
        raise mistake(f"{units[0]} × {units[1]} 没有意义", "只能乘以份额或倍")
    return Quantity(Arithmetic("*", one.node, two.node))


def _quotient(above: object, below: object) -> Quantity:
    one, two = _quantity(above), _quantity(below)
    units = (unit_of(one.node), unit_of(two.node))
    if units[0] is None or units[1] is None:
        raise mistake("0 不能除, 也不能作除数", "删去这个除法")
    if divided(units[0], units[1]) is None:
        raise mistake(f"{units[0]} ÷ {units[1]} 没有意义", "只用简单单位相除, e.g. 元 ÷ 人")
    return Quantity(Arithmetic("/", one.node, two.node))


def _comparison(relation: Relation, left: object, right: object) -> Claim:
    one, two = _quantity(left), _quantity(right)
    _check_units(one.node, two.node, "比较两边")
    return Claim(Comparison(relation, one.node, two.node))
