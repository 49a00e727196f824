"""Area codes: twelve digits in which every parent is a prefix."""

from dataclasses import dataclass
from enum import IntEnum

from shouwang.terms.errors import ProgrammingError, UserError

LENGTH = 12


class AreaLevel(IntEnum):
    """A level of the tree; its value is the number of leading digits that matter."""

    PROVINCE = 2
    CITY = 4
    COUNTY = 6
    TOWN = 9
    VILLAGE = 12


@dataclass(frozen=True, order=True)
class AreaCode:
    """A statistical area code. Codes of 2, 4, 6 or 9 digits are padded with zeros. A parent sorts before its children.

    Errors: `UserError` for anything else; its message never holds the text, which may be an id number that
    slipped into the wrong column.
    Source: GB/T 2260 to the county, GB/T 10114 to the town, 国家统计局 to the village.
    """

    digits: str

    def __post_init__(self) -> None:
        text = self.digits
        if not (text.isascii() and text.isdigit() and len(text) in set(AreaLevel)):
            raise UserError(
                f"区划代码应为 2、4、6、9 或 12 位半角数字，这里是 {len(text)} 个字符，或含有其他字符",
                "请填国家统计局的统计用区划代码，例如 530129104203",
            )
        if text.startswith("00"):
            raise UserError("区划代码的前两位（省）是 00，没有这样的省", "请核对代码的前两位，云南省是 53")
        object.__setattr__(self, "digits", text.ljust(LENGTH, "0"))

    @property
    def level(self) -> AreaLevel:
        significant = len(self.digits.rstrip("0"))
        return min(level for level in AreaLevel if level >= significant)

    @property
    def prefix(self) -> str:
        """The leading digits shared by everything inside; a scope is such a prefix."""
        return self.digits[: self.level]

    @property
    def parent(self) -> "AreaCode | None":
        """The area one step up; a province has none."""
        above = [level for level in AreaLevel if level < self.level]
        return AreaCode(self.digits[: above[-1]]) if above else None

    @property
    def county(self) -> "AreaCode":
        """Errors: `ProgrammingError` for a city or province."""
        return self._up_to(AreaLevel.COUNTY, "县")

    @property
    def town(self) -> "AreaCode":
        """Errors: `ProgrammingError` for a county or above."""
        return self._up_to(AreaLevel.TOWN, "乡镇")

    def _up_to(self, level: AreaLevel, level_zh: str) -> "AreaCode":
        if self.level < level:
            raise ProgrammingError(f"区划 {self} 在{level_zh}级以上，不属于任何一个{level_zh} → 先看 level 再取")
        return AreaCode(self.digits[:level])

    def contains(self, other: "AreaCode") -> bool:
        """Whether the other area is this one or lies inside it."""
        return other.digits.startswith(self.prefix)

    def __str__(self) -> str:
        return self.digits
