"""Money: exact, in fen, read and written in 元."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.terms.money import MOST_YUAN, Money

MOST_FEN = int(MOST_YUAN) * 100
fens = st.integers(-MOST_FEN, MOST_FEN)


@pytest.mark.parametrize(
    ("yuan", "fen"),
    [
        ("4000", 400000),
        ("4000.5", 400050),
        ("4000.50", 400050),
        ("4000.500", 400050),
        ("-0.01", -1),
        ("+7", 700),
        (" 12 ", 1200),
        ("1,234,567.80", 123456780),
        (" -1,234 ", -123400),
        (0, 0),
        (-3, -300),
        (Decimal("19.99"), 1999),
    ],
)
def test_yuan_is_read_exactly(yuan: str | int | Decimal, fen: int) -> None:
    assert Money.from_yuan(yuan) == Money(fen)


@pytest.mark.parametrize("yuan", [1.0, 0.15, float("nan"), True, False])
def test_floats_and_truths_are_refused(yuan: float) -> None:
    with pytest.raises(ValueError, match="不能是浮点数"):
        Money.from_yuan(yuan)  # type: ignore[arg-type]


@pytest.mark.parametrize("yuan", ["", "元", "12元", "1.2.3", "NaN", "sNaN", "Infinity", Decimal("-Infinity")])
def test_text_that_is_no_number_is_refused(yuan: str | Decimal) -> None:
    with pytest.raises(ValueError, match=r"^不是金额$"):
        Money.from_yuan(yuan)


@pytest.mark.parametrize("yuan", ["12,34", "1,2345", "1234,567", ",", "1,,000", "0.123,456", "1,234,"])
def test_comma_that_parts_no_thousands_is_refused(yuan: str) -> None:
    """`12,34` is twelve yuan to one writer and 1,234 to another."""
    with pytest.raises(ValueError, match="逗号只能隔开千位"):
        Money.from_yuan(yuan)


@pytest.mark.parametrize("yuan", ["0.001", "12.345", Decimal("1E-3"), "1." + "0" * 60 + "1", "1E-9999"])
def test_parts_of_a_fen_are_refused_however_small(yuan: str | Decimal) -> None:
    with pytest.raises(ValueError, match="至多两位小数"):
        Money.from_yuan(yuan)


@pytest.mark.parametrize("yuan", ["1" * 40, "1E+999999", "10000000000000000.01", -(10**17)])
def test_amount_too_large_to_be_stored_is_refused(yuan: str | int) -> None:
    with pytest.raises(ValueError, match="大得无法记录"):
        Money.from_yuan(yuan)


@pytest.mark.parametrize(
    ("fen", "plain", "shown"),
    [
        (0, "0.00", "0.00 元"),
        (5, "0.05", "0.05 元"),
        (-5, "-0.05", "-0.05 元"),
        (-123405, "-1234.05", "-1,234.05 元"),
        (123456789, "1234567.89", "1,234,567.89 元"),
    ],
)
def test_amount_is_written_with_two_decimals(fen: int, plain: str, shown: str) -> None:
    assert (Money(fen).plain, Money(fen).shown) == (plain, shown)


@given(fens)
def test_both_written_forms_are_read_back(fen: int) -> None:
    money = Money(fen)
    assert Money.from_yuan(money.plain) == money
    assert Money.from_yuan(money.shown.removesuffix(" 元")) == money


@given(fens)
def test_decimal_and_text_of_one_amount_agree(fen: int) -> None:
    assert Money.from_yuan(Decimal(fen) / 100) == Money.from_yuan(str(Decimal(fen) / 100)) == Money(fen)


@given(st.text(st.characters(exclude_categories=["Nd"]), max_size=12))
def test_text_without_a_digit_is_refused_in_our_own_words(text: str) -> None:
    with pytest.raises(ValueError, match=r"^不是金额"):
        Money.from_yuan(text)


@given(fens, fens)
def test_sums_differences_and_order_are_those_of_fen(a: int, b: int) -> None:
    assert Money(a) + Money(b) == Money(a + b)
    assert Money(a) - Money(b) == Money(a - b)
    assert (Money(a) < Money(b)) == (a < b)
