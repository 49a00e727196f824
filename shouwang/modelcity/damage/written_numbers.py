"""Amounts and counts as people write them. Units: whole fen in."""

from collections.abc import Callable

from shouwang.modelcity.damage.written_dates import full_width


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}"


def _short(fen: int) -> str:
    """No more decimals than needed."""
    return _trimmed(_yuan(fen))


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def _thousands(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


def in_wan(fen: int) -> str:
    """In 10,000 元, exactly."""
    return _trimmed(f"{fen // 1_000_000}.{fen % 1_000_000:06d}")


def _in_yi(fen: int) -> str:
    """In 100,000,000 元 where six decimals hold it exactly, else in 元."""
    millionths, rest = divmod(fen, 10_000)
    return (
        f"{_trimmed(f'{millionths // 1_000_000}.{millionths % 1_000_000:06d}')}亿元" if not rest else f"{_short(fen)}元"
    )


MONEY: dict[str, Callable[[int], str]] = {
    "1234.00": _yuan,
    "1234.5": _short,
    "1,234.00": _thousands,
    "1234.00元": lambda fen: f"{_yuan(fen)}元",
    "￥1,234.00": lambda fen: f"￥{_thousands(fen)}",
    "0.1234万元": lambda fen: f"{in_wan(fen)}万元",
    "0.1234万": lambda fen: f"{in_wan(fen)}万",
    "0.0005亿元": _in_yi,
    "１２３４．００": lambda fen: full_width(_yuan(fen)),
}
"""Each form under an example; the first is the contract's."""
IN_HEADER = {"元": _short, "万元": in_wan}
"""Units a header states, and the amounts below it."""


def counts(unit: str) -> dict[str, Callable[[int], str]]:
    """Whole numbers; the first form is the contract's."""
    forms: dict[str, Callable[[int], str]] = {
        "3": str,
        "3.0": lambda count: f"{count}.0",
        "３": lambda n: full_width(str(n)),
    }
    return forms | ({f"3{unit}": lambda count: f"{count}{unit}"} if unit else {})
