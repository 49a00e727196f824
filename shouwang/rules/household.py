"""What stands behind `h.` and `p.` in a rule: facts, derived facts and parameters, looked up by name."""

import difflib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shouwang.rules.language import Category, Claim, Group, Quantity, wrap
from shouwang.rules.parameters import Parameter
from shouwang.rules.place import mistake
from shouwang.rules.tree import Derived, Figure, NumberFact, Setting, YesNoFact, is_condition, unit_of
from shouwang.rules.units import TEXT_UNIT, YES_NO_UNIT, same
from shouwang.rules.vocabulary import FactSpec, Kind, Vocabulary


class Figures:
    """`p` of a rule: parameters by name."""

    def __init__(self, parameters: Mapping[str, Parameter]) -> None:
        self._parameters = parameters

    def __getattr__(self, name: str) -> Any:
        parameter = self._parameters.get(name)
        if parameter is None:
            raise mistake(f"没有参数 p.{name} (unknown parameter)", _nearest(name, self._parameters))
        if parameter.unit == TEXT_UNIT:
            raise mistake(f"参数 p.{name} 是文字", "文字参数只供展示, 不用于规则")
        return Claim(Setting(parameter)) if parameter.unit == YES_NO_UNIT else Quantity(Figure(parameter))


class Household:
    """`h` of a rule: facts and derived facts by name."""

    def __init__(self, vocabulary: Vocabulary, derived: Mapping[str, "DerivedDefinition"], figures: Figures) -> None:
        self._vocabulary = vocabulary
        self._definitions = derived
        self._figures = figures
        self._built: dict[str, Derived] = {}
        self._building: list[str] = []

    def __getattr__(self, name: str) -> Any:
        spec = self._vocabulary.get(name)
        if spec is not None:
            return _fact(spec)
        if name not in self._definitions:
            raise mistake(
                f"没有事实 h.{name} (unknown fact)", _nearest(name, [*self._vocabulary.names, *self._definitions])
            )
        if name not in self._built:
            self._built[name] = self._build(self._definitions[name])
        return wrap(self._built[name])

    def _build(self, definition: "DerivedDefinition") -> Derived:
        if definition.name in self._building:
            raise mistake(
                f"派生事实绕成圈 (cycle): {' → '.join([*self._building, definition.name])}",
                "断开其中一环",
                at=definition.place,
            )
        self._building.append(definition.name)
        expression = definition.build(self, self._figures)
        self._building.pop()
        return definition.derived_from(expression)


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=3)
    return f"是否想写 {'、'.join(close)}" if close else "查拼写, 或先登记"


def _fact(spec: FactSpec) -> Quantity | Claim | Category | Group:
    match spec.kind:
        case Kind.NUMBER:
            return Quantity(NumberFact(spec))
        case Kind.YES_NO:
            return Claim(YesNoFact(spec))
        case Kind.CATEGORY:
            return Category(spec)
        case _:
            return Group(spec)


def place_of(function: Callable[..., object]) -> str:
    code = getattr(function, "__code__", None)
    return f"{code.co_filename}:{code.co_firstlineno}" if code else "?"


@dataclass(frozen=True)
class Dates:
    """When a definition holds: from `since`, up to the day before `until`."""

    since: date | None = None
    until: date | None = None

    def hold_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


def dates_of(since: str | None, until: str | None) -> Dates:
    try:
        return Dates(*(date.fromisoformat(text) if text else None for text in (since, until)))
    except ValueError:
        raise mistake(f"日期 {since!r} / {until!r} 不是日期", "写作 2020-06-01") from None


@dataclass(frozen=True)
class DerivedDefinition:
    """A formula over facts, under the name of its function."""

    name: str
    zh: str
    en: str
    unit: str
    dates: Dates
    build: Callable[[Any, Any], object]
    place: str
    text: str

    def derived_from(self, expression: object) -> Derived:
        """The node. Errors: the formula's unit is not the one declared."""
        if not isinstance(expression, Quantity | Claim):
            raise mistake(f"{self.name} 没有返回算式", "return an expression of h and p", at=self.place)
        found = YES_NO_UNIT if is_condition(expression.node) else unit_of(expression.node)
        if found is None or not same(found, self.unit):
            raise mistake(f"{self.name} 写明单位 {self.unit}, 算出来是 {found}", "改单位或改算式", at=self.place)
        return Derived(self.name, self.zh, self.en, self.unit, expression.node)


def derived(
    *, zh: str, en: str, unit: str, since: str | None = None, until: str | None = None
) -> Callable[[Callable[[Any, Any], object]], DerivedDefinition]:
    """Register a derived fact; used as `h.<name of the function>`. A condition has the unit 是否."""
    dates = dates_of(since, until)

    def register(function: Callable[[Any, Any], object]) -> DerivedDefinition:
        return DerivedDefinition(
            function.__name__, zh, en, unit, dates, function, place_of(function), function.__doc__ or ""
        )

    return register
