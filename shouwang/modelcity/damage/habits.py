"""What somebody did to one file: drawn once per file, before any of its rows is written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from shouwang.modelcity.damage import written_dates, written_numbers, written_places
from shouwang.modelcity.damage.column_kinds import Kind
from shouwang.modelcity.damage.rates import rates
from shouwang.modelcity.damage.spellings import words

WORKBOOKS = ("xlsx", "xls")


@dataclass(frozen=True)
class FileForm:
    """What kind of file it is."""

    suffix: str
    encoding: str = "utf-8"
    separator: str = ","
    line_end: str = "\n"
    all_quoted: bool = False
    zipped: bool = False

    @property
    def is_workbook(self) -> bool:
        return self.suffix in WORKBOOKS


@dataclass(frozen=True)
class Frame:
    """What stands around the rows."""

    title: bool = False
    note_above: bool = False
    two_row_header: bool = False
    totals: bool = False
    signatures: bool = False
    note_below: bool = False
    blank_columns: tuple[int, ...] = ()
    """Before which columns an empty one stands."""
    blank_rows: bool = False
    number_column: bool = False
    remark_column: bool = False
    other_sheets: bool = False
    hidden_sheet: bool = False


@dataclass(frozen=True)
class Column:
    """How one column is written."""

    name: str
    """Its header in the contract."""
    kind: Kind
    header: str
    form: str = ""
    """Of dates, amounts, counts, labels and villages; empty: as the contract has it."""
    unit: str = ""
    """Stated in the header; the amounts below are in it."""
    stored: str = "text"
    """In a workbook: text, number, date or serial."""


@dataclass(frozen=True)
class Habit:
    """All that was done to one file."""

    file: FileForm
    frame: Frame
    columns: tuple[Column, ...]
    traditional: bool
    cells: float
    """0 to 1: which part of the greatest shares of cells is written otherwise."""
    kinds: tuple[str, ...] = field(default=())
    """The same in words, for the truth."""


def draw(dataset: str, kinds: Mapping[str, Kind], *, rows: int, cells: float, rng: np.random.Generator) -> Habit:
    """A habit for a file of so many rows. `kinds`: its columns in order."""
    chances: dict[str, Any] = rates()["files"]
    form = _file_form(rows, chances, rng)
    frame = _frame(list(kinds), dataset, form, chances, rng)
    traditional = bool(rng.random() < chances["traditional"])
    columns = tuple(_column(name, kind, form, chances, rng) for name, kind in kinds.items())
    columns = _told_apart(columns)
    told = _in_words(form, frame, columns, traditional=traditional, cells=cells)
    return Habit(form, frame, columns, traditional, cells, told)


def _chosen(weights: Mapping[str, float], rng: np.random.Generator) -> str:
    names = list(weights)
    shares = np.array([weights[name] for name in names], float)
    return names[int(rng.choice(len(names), p=shares / shares.sum()))]


def _file_form(rows: int, chances: dict[str, Any], rng: np.random.Generator) -> FileForm:
    formats = chances["formats"]
    size = next((f for f in (formats["small"], formats["medium"]) if rows <= f["rows"]), formats["large"])
    suffix = _chosen({name: weight for name, weight in size.items() if name != "rows"}, rng)
    zipped = bool(rng.random() < chances["zipped"])
    if suffix in WORKBOOKS:
        return FileForm(suffix, zipped=zipped)
    return FileForm(
        suffix,
        encoding=_chosen(chances["encodings"], rng),
        separator=_chosen(chances["separators"][suffix], rng),
        line_end="\r\n" if rng.random() < chances["windows_lines"] else "\n",
        all_quoted=bool(rng.random() < chances["all_quoted"]),
        zipped=zipped,
    )


def _frame(
    headers: list[str], dataset: str, form: FileForm, chances: dict[str, Any], rng: np.random.Generator
) -> Frame:
    has = {name: bool(rng.random() < chances[name]) for name in Frame.__dataclass_fields__}
    two_rows = has["two_row_header"] and bool(groups_of(dataset, headers))
    places = tuple(sorted(rng.choice(np.arange(1, len(headers) + 1), 2, replace=False).tolist()))
    has_sheets = {name: has[name] and form.is_workbook for name in ("other_sheets", "hidden_sheet")}
    blank = places if has["blank_columns"] and not two_rows else ()
    return Frame(**(has | has_sheets | {"two_row_header": two_rows, "blank_columns": blank}))


def groups_of(dataset: str, headers: Sequence[str]) -> dict[str, list[str]]:
    """Words over neighbouring columns: group → its columns, two at least."""
    known = words("groups")
    groups = known.get(dataset, {}) | known["all"]
    inside = {word: [header for header in group if header in headers] for word, group in groups.items()}
    return {word: group for word, group in inside.items() if len(group) > 1}


def _column(name: str, kind: Kind, form: FileForm, chances: dict[str, Any], rng: np.random.Generator) -> Column:
    draws = rng.random(6)
    header = _header(name, chances, rng)
    other = draws[0] < chances["other_form"]
    if kind is Kind.DATE:
        stored = "text"
        if form.is_workbook and draws[1] < chances["date_cells"] + chances["date_serials"]:
            stored = "date" if draws[1] < chances["date_cells"] else "serial"
        written = _other(written_dates.FORMS, rng) if other and stored == "text" else ""
        return Column(name, kind, header, written, stored=stored)
    if kind is Kind.MONEY:
        unit = str(rng.choice(list(written_numbers.IN_HEADER))) if draws[2] < chances["unit_in_header"] else ""
        written = _other(written_numbers.MONEY, rng) if other and not unit else ""
        return Column(name, kind, _with_unit(header, unit), written, unit, _stored(draws[3], form, chances))
    if kind is Kind.COUNT:
        written = _other(written_numbers.counts(words("count_units").get(name, "")), rng) if other else ""
        return Column(name, kind, header, written, stored=_stored(draws[3], form, chances))
    if name == written_places.COLUMNS[-1] and kind is Kind.PLACE:
        return Column(name, kind, header, str(rng.choice(written_places.FORMS[1:])) if other else "")
    return Column(name, kind, header, "mixed" if kind is Kind.LABEL and other else "")


def _stored(drawn: float, form: FileForm, chances: dict[str, Any]) -> str:
    return "number" if form.is_workbook and drawn >= chances["stored_as_text"] else "text"


def _other(forms: Mapping[str, Any], rng: np.random.Generator) -> str:
    return str(rng.choice(list(forms)[1:]))


def _header(name: str, chances: dict[str, Any], rng: np.random.Generator) -> str:
    spelled = words("headers") | words("person_headers")
    header = name
    if rng.random() < chances["header_synonyms"] and name in spelled:
        header = str(rng.choice(spelled[name]))
    spaced, broken = rng.random(2)
    if spaced < chances["header_spaced"] and len(header) < 4:
        return "　".join(header)
    if broken < chances["header_line_break"] and len(header) > 3:
        return f"{header[:-2]}\n{header[-2:]}"
    return header


def _with_unit(header: str, unit: str) -> str:
    return f"{header}（{unit}）" if unit else header


def _told_apart(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """No two columns under one header, nor one under the contract's header of another: those keep the contract's."""
    agreed = {column.name for column in columns}
    used: set[str] = set()
    kept = []
    for column in columns:
        plain = "".join(column.header.split())
        if plain in used or (plain != column.name and plain in agreed):
            column = Column(column.name, column.kind, column.name, column.form, "", column.stored)
        used.add("".join(column.header.split()))
        kept.append(column)
    return tuple(kept)


def _in_words(
    form: FileForm, frame: Frame, columns: tuple[Column, ...], *, traditional: bool, cells: float
) -> tuple[str, ...]:
    told = [f"format:{form.suffix}"] + ["zipped"] * form.zipped
    if not form.is_workbook:
        told += [f"encoding:{form.encoding}", f"separator:{form.separator!r}"]
        told += ["windows_lines"] * (form.line_end == "\r\n") + ["all_quoted"] * form.all_quoted
    told += [name for name in Frame.__dataclass_fields__ if getattr(frame, name)]
    told += ["traditional"] * traditional + ["stray_cells"] * (cells > 0)
    for column in columns:
        told += [f"header:{column.name}"] * (column.header != column.name)
        told += [f"{column.kind}:{column.form}"] * bool(column.form) + [f"unit:{column.unit}"] * bool(column.unit)
        told += [f"stored:{column.stored}"] * (form.is_workbook and column.stored != "text")
    return tuple(dict.fromkeys(told))
