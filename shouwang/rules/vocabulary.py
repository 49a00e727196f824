"""The facts a rule may use: their kinds, units and stored form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from shouwang.rules.place import mistake
from shouwang.rules.units import NUMBER_UNITS, text_scale

PERHAPS_MORE = "?"
"""A member of a stored set that says: there may be more than is listed."""

Stored = int | bool | str | Sequence[str] | None
"""One stored value; `None` is unknown."""

Facts = Mapping[str, Stored]
"""The facts of one household; a name that is missing is unknown."""


class Kind(StrEnum):
    NUMBER = "number"
    YES_NO = "yes_no"
    CATEGORY = "category"
    SET = "set"


@dataclass(frozen=True)
class FactSpec:
    """One fact. *Units*: a NUMBER is stored as the integer value × scale (元 with scale 100 = fen)."""

    name: str
    kind: Kind
    zh: str
    en: str
    unit: str = ""
    scale: int = 1
    options: Mapping[str, tuple[str, str]] = field(default_factory=dict, hash=False)
    """Label -> (Chinese, English), of a CATEGORY or a SET."""
    minimum: int | None = 0
    """The lowest stored value its nature allows, None where it may be negative (an income); NUMBER only."""
    is_given: bool = False
    """No help brings another value: how many people there are, what was earned a year ago. It is no way out."""

    def __post_init__(self) -> None:
        if self.kind is Kind.NUMBER:
            self._check_number()
        if self.kind in (Kind.CATEGORY, Kind.SET) and not self.options:
            raise mistake(f"事实 {self.name} 没有选项 (no options)", "写出 options={label: (zh, en)}")
        if PERHAPS_MORE in self.options:
            raise mistake(f"事实 {self.name} 的选项含有“?” (reserved: perhaps more)", "换一个标签")

    def _check_number(self) -> None:
        if self.unit not in NUMBER_UNITS:
            raise mistake(
                f"事实 {self.name} 的单位是 {self.unit!r} (unknown unit)", f"用其中之一: {'、'.join(NUMBER_UNITS)}"
            )
        if self.scale < 1 or text_scale(self.unit) % self.scale:
            raise mistake(
                f"事实 {self.name} 的 scale 是 {self.scale} (cannot be written exactly)",
                f"用 {text_scale(self.unit)} 的约数",
            )


@dataclass(frozen=True)
class Vocabulary:
    """All facts of a policy, in the order they are shown."""

    facts: tuple[FactSpec, ...]

    def __post_init__(self) -> None:
        names = [spec.name for spec in self.facts]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise mistake(f"事实重名 (named twice): {'、'.join(twice)}", "每个事实只写一次")

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(spec.name for spec in self.facts)

    def get(self, name: str) -> FactSpec | None:
        return next((spec for spec in self.facts if spec.name == name), None)

    def __getitem__(self, name: str) -> FactSpec:
        """Errors: `KeyError` for a name that is no fact."""
        spec = self.get(name)
        if spec is None:
            raise KeyError(name)
        return spec

    def __contains__(self, name: object) -> bool:
        return any(spec.name == name for spec in self.facts)

    def __iter__(self) -> Iterator[FactSpec]:
        return iter(self.facts)
