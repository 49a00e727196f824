"""A batch of rows as text, cell by cell as the file's habit has it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.modelcity.damage import unseen, written_dates, written_numbers, written_people
from shouwang.modelcity.damage.column_kinds import Kind
from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.habits import Column, Habit
from shouwang.modelcity.damage.rates import rates
from shouwang.modelcity.damage.spellings import words

Write = Callable[[Any], str]
Forms = Mapping[str, Write]


@dataclass(frozen=True)
class _Cells:
    """One column of a batch."""

    column: Column
    values: pa.Array
    """Typed: dates, whole fen, whole numbers, text."""
    rows: NDArray[np.int64]
    """Which rows of the file they are, to draw by."""
    draws: Draws


def spelled(table: pa.Table, habit: Habit, *, rows: NDArray[np.int64], draws: Draws) -> list[pa.StringArray]:
    """All columns as text; null where a cell is empty."""
    out = []
    for place, column in enumerate(habit.columns):
        values = table.column(place).combine_chunks()
        values = values.chunk(0) if isinstance(values, pa.ChunkedArray) else values
        values = _fen(values) if column.kind is Kind.MONEY else values
        cells = _Cells(column, values, rows, draws.of(column.name))
        out.append(_written(cells, habit))
    return out


def _fen(amounts: pa.Array) -> pa.Array:
    return pc.multiply(amounts, pa.scalar(100)).cast(pa.int64())


def _written(cells: _Cells, habit: Habit) -> pa.StringArray:
    column = cells.column
    if column.kind is Kind.LABEL:
        text = _labels(cells) if column.form else cells.values.cast(pa.string())
    else:
        text = by_value(cells.values, _whole_column(column))
    share = rates()["cells"]
    strays = _stray_forms(column, habit)
    if strays:
        text = _strayed(text, cells, strays, share["stray_form"] * habit.cells, "form", typed=True)
    if habit.traditional and column.kind in (Kind.NAME, Kind.LABEL, Kind.TEXT):
        text = in_traditional(text)
    for name, forms in _unseen(column, habit).items():
        text = _strayed(text, cells, forms, share[name] * habit.cells, name)
    return text


def by_value(values: pa.Array, write: Write) -> pa.StringArray:
    """Every distinct value written once."""
    if pa.types.is_string(values.type) and write is str:
        return values
    encoded = values.dictionary_encode()
    texts = [None if value is None else write(value) for value in encoded.dictionary.to_pylist()]
    return pa.array(texts, pa.string()).take(encoded.indices)


def _whole_column(column: Column) -> Write:
    if column.kind is Kind.MONEY and column.unit:
        return written_numbers.IN_HEADER[column.unit]
    forms = _forms(column)
    return forms.get(column.form, next(iter(forms.values())))


def _forms(column: Column) -> Forms:
    if column.kind is Kind.DATE:
        return written_dates.FORMS
    if column.kind is Kind.MONEY:
        return written_numbers.MONEY
    if column.kind is Kind.COUNT:
        return written_numbers.counts(words("count_units").get(column.name, ""))
    return {"": str}  # villages are written before (written_places)


def _stray_forms(column: Column, habit: Habit) -> Forms:
    if column.kind is Kind.ID:
        return written_people.IDS | ({} if habit.file.is_workbook else written_people.TEXT_FILE_IDS)
    if column.kind is Kind.NAME:
        return written_people.NAMES
    return {} if column.unit or column.kind in (Kind.LABEL, Kind.PLACE, Kind.TEXT) else _forms(column)


def _unseen(column: Column, habit: Habit) -> dict[str, Forms]:
    found: dict[str, Forms] = {"blanks": unseen.BLANKS, "invisible": unseen.INVISIBLE}
    if column.kind is not Kind.NAME:
        found["apostrophe"] = unseen.APOSTROPHE
    words_only = column.kind in (Kind.NAME, Kind.TEXT)
    return found | {"line_break": unseen.BREAKS_WITHIN if words_only else unseen.LINE_BREAKS}


def _strayed(
    text: pa.StringArray, cells: _Cells, forms: Forms, share: float, salt: str, *, typed: bool = False
) -> pa.StringArray:
    """A share of the cells in one of these forms. `typed`: written from the value, else from the text so far."""
    here = np.flatnonzero(cells.draws.uniform(cells.rows, f"{salt} is") < share)
    if not len(here):
        return text
    source = (cells.values if typed and cells.column.kind not in (Kind.ID, Kind.NAME) else text).take(pa.array(here))
    which = cells.draws.below(cells.rows[here], len(forms), f"{salt} which")
    writes = list(forms.values())
    texts = [
        value if value in (None, "") else writes[form](value)
        for value, form in zip(source.to_pylist(), which.tolist(), strict=True)
    ]
    mask = np.zeros(len(text), bool)
    mask[here] = True
    return pc.replace_with_mask(text, pa.array(mask), pa.array(texts, pa.string()))


def _labels(cells: _Cells) -> pa.StringArray:
    """Each cell in one of the spellings of its label."""
    known = words("labels")[cells.column.name]
    encoded = cells.values.dictionary_encode()
    options = [[str(word) for word in known.get(label, [label])] for label in encoded.dictionary.to_pylist()]
    count = np.array([len(option) for option in options])
    start = np.cumsum(count) - count
    code = np.asarray(encoded.indices.fill_null(0), np.int64)
    which = start[code] + (cells.draws.uniform(cells.rows, "label") * count[code]).astype(np.int64)
    empty = np.asarray(encoded.indices.is_null())
    flat = pa.array([word for option in options for word in option], pa.string())
    return flat.take(pa.array(which, mask=empty))


def in_traditional(text: pa.StringArray) -> pa.StringArray:
    """The same in Traditional characters, where reading them back gives the same again."""
    written = ["" if value is None else value for value in text.to_pylist()]
    there = _converter("s2t").convert("\n".join(written).replace("\r", "")).split("\n")
    back = _converter("t2s").convert("\n".join(there)).split("\n")
    kept = [a if c == b else b for a, b, c in zip(there, written, back, strict=True)]
    return pa.array(kept, pa.string(), mask=np.asarray(text.is_null()))


@cache
def _converter(kind: str) -> Any:
    from opencc import OpenCC  # its dictionaries are loaded only where somebody writes so

    return OpenCC(kind)
