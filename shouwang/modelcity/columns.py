"""Arrow columns made of whole arrays: texts, digits, money, dates, labels."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

Numbers = NDArray[np.integer]


def digits(numbers: Numbers, width: int) -> NDArray[np.uint8]:
    """The numbers as ASCII digits with leading zeros. Shape: one row of `width` bytes per number."""
    out = np.empty((len(numbers), width), np.uint8)
    rest = np.asarray(numbers, np.int64)
    for place in range(width - 1, -1, -1):
        rest, digit = np.divmod(rest, 10)
        out[:, place] = digit + 48
    return out


def text(ascii_rows: NDArray[np.uint8], *, keep: NDArray[np.bool_] | None = None) -> pa.StringArray:
    """One string per row of equally long ASCII rows; null where `keep` is false."""
    count, width = ascii_rows.shape
    offsets = np.arange(count + 1, dtype=np.int32) * np.int32(width)
    data = pa.py_buffer(np.ascontiguousarray(ascii_rows))
    return pa.Array.from_buffers(pa.string(), count, [_mask(keep), pa.py_buffer(offsets), data])


def _mask(keep: NDArray[np.bool_] | None) -> pa.Buffer | None:
    """The bitmap Arrow wants: a set bit where there is a value."""
    return None if keep is None else pa.py_buffer(np.packbits(keep, bitorder="little"))


def prefixed(prefix: str, numbers: Numbers, width: int) -> pa.StringArray:
    """A fixed prefix and a number with leading zeros."""
    head = np.frombuffer(prefix.encode("ascii"), np.uint8)
    return text(np.hstack([np.broadcast_to(head, (len(numbers), len(head))), digits(numbers, width)]))


def money(fen: Numbers, *, keep: NDArray[np.bool_] | None = None) -> pa.Decimal128Array:
    """Units: whole fen in, decimal(18,2) in 元 out; null where `keep` is false."""
    halves = np.empty((len(fen), 2), np.int64)
    halves[:, 0] = fen
    halves[:, 1] = halves[:, 0] >> 63
    return pa.Array.from_buffers(pa.decimal128(18, 2), len(fen), [_mask(keep), pa.py_buffer(halves)])


def money_text(fen: Numbers) -> pa.StringArray:
    """Units: whole fen in, `1234.00` out."""
    return money(fen).cast(pa.string())


def dates(days: Numbers, *, keep: NDArray[np.bool_] | None = None) -> pa.Date32Array:
    """Days since 1970-01-01 as dates; null where `keep` is false."""
    mask = None if keep is None else ~keep
    return pa.array(np.asarray(days, np.int32), mask=mask).cast(pa.date32())


def labels(options: Sequence[str | None], codes: Numbers) -> pa.StringArray:
    """The option of each code; a negative code is null."""
    codes = np.asarray(codes)
    index = pa.array(codes.astype(np.int32), mask=codes < 0) if (codes < 0).any() else pa.array(codes.astype(np.int32))
    return pa.array(options, pa.string()).take(index)


def constant(value: str, count: int) -> pa.StringArray:
    """The same text in every row."""
    return pa.repeat(pa.scalar(value, pa.string()), count)


def joined(*parts: pa.StringArray) -> pa.StringArray:
    """The parts of each row, one after another."""
    return pc.binary_join_element_wise(*parts, "")


def numbers(values: Numbers, *, keep: NDArray[np.bool_] | None = None) -> pa.Array:
    """Whole numbers; null where `keep` is false."""
    return pa.array(np.asarray(values, np.int64), mask=None if keep is None else ~keep)
