"""Money is whole fen inside and 元 with two decimals at every edge; never a float."""

import re
from dataclasses import dataclass
from decimal import Context, Decimal, Inexact, InvalidOperation

FEN_PER_YUAN = 100
MOST_YUAN = Decimal(10) ** 16
"""Far above any budget, and in fen well inside a 64-bit column."""

_ONE_FEN = Decimal("0.01")
_EXACT = Context(traps=[Inexact])
"""Refuses to round: a tenth of a fen, however far behind the point, is a fault and not a nearby amount."""
_GROUPED = re.compile(r"\s*[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?\s*")


def _decimal(text: str) -> Decimal:
    if "," in text and not _GROUPED.fullmatch(text):
        raise ValueError("不是金额: 逗号只能隔开千位")
    try:
        amount = Decimal(text.replace(",", ""))
    except InvalidOperation:
        raise ValueError("不是金额") from None
    if not amount.is_finite():
        raise ValueError("不是金额")
    return amount


@dataclass(frozen=True, order=True)
class Money:
    """An amount in whole fen."""

    fen: int

    @classmethod
    def from_yuan(cls, yuan: str | int | Decimal) -> "Money":
        """Read 元; commas only between groups of three digits.

        Errors: `ValueError` for anything that is not a number of whole fen, or too large to be stored as one
        (a float is refused).
        """
        if isinstance(yuan, (float, bool)):
            raise ValueError("金额不能是浮点数")
        amount = _decimal(str(yuan))
        if amount.copy_abs() > MOST_YUAN:
            raise ValueError("金额大得无法记录")
        try:
            return cls(int(_EXACT.quantize(amount, _ONE_FEN) * FEN_PER_YUAN))
        except Inexact:
            raise ValueError("金额须以元计，至多两位小数") from None

    @property
    def plain(self) -> str:
        """`-1234.05`: the form of files and contracts."""
        sign, whole = ("-" if self.fen < 0 else ""), abs(self.fen)
        return f"{sign}{whole // FEN_PER_YUAN}.{whole % FEN_PER_YUAN:02d}"

    @property
    def shown(self) -> str:
        """`1,234.05 元`: the form people read."""
        sign, whole = ("-" if self.fen < 0 else ""), abs(self.fen)
        return f"{sign}{whole // FEN_PER_YUAN:,}.{whole % FEN_PER_YUAN:02d} 元"

    def __add__(self, other: "Money") -> "Money":
        return Money(self.fen + other.fen)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.fen - other.fen)
