"""Money is whole fen inside and 元 with two decimals at every edge; never a float."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

FEN_PER_YUAN = 100


@dataclass(frozen=True, order=True)
class Money:
    """An amount in whole fen."""

    fen: int

    @classmethod
    def from_yuan(cls, yuan: str | int | Decimal) -> "Money":
        """Read 元. Errors: `ValueError` for anything that is not a number of whole fen (a float is refused)."""
        if isinstance(yuan, (float, bool)):
            raise ValueError("金额不能是浮点数")
        try:
            fen = Decimal(str(yuan).replace(",", "")) * FEN_PER_YUAN
        except InvalidOperation:
            raise ValueError("不是金额") from None
        if not fen.is_finite() or fen != fen.to_integral_value():
            raise ValueError("金额须以元计,至多两位小数")
        return cls(int(fen))

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
