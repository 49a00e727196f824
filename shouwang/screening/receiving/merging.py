"""A county's file becomes part of the city's month: it speaks for the people of the county, and for nobody else.

A month is one file for the whole city, because a person who is not in it counts as one to whom nothing happened. So a
county's file never takes its place: a new file of the month is made of the former one and of the county's rows.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import ibis
from ibis import Table, Value

from shouwang.areas import AreaTree
from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening.datasets import Dataset, Key
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells, mappings
from shouwang.screening.intake.extracts import read_dataset
from shouwang.screening.intake.headers import columns_to_find
from shouwang.screening.intake.identity import is_sound
from shouwang.screening.intake.opening import LINE, NoRow
from shouwang.screening.intake.places import with_area_codes
from shouwang.screening.intake.raw_rows import raw_rows
from shouwang.screening.intake.survey import SourceFile, open_source
from shouwang.screening.receiving import store
from shouwang.screening.receiving.checking import Checked, has_id, unlinked
from shouwang.screening.receiving.merged import Merged
from shouwang.screening.receiving.people import People
from shouwang.terms.errors import DataError, Fault

HERE, PART = "is_here", "part"
FILE = "month.csv"


@dataclass(frozen=True)
class Bench:
    """What merging needs at hand."""

    db: DuckDB
    city: Path
    scratch: Path
    vocabulary: Vocabulary
    people: People
    tree: AreaTree


def merge(bench: Bench, checked: Checked, area: str) -> tuple[Merged, Path]:
    """The month's new file, in the scratch folder, and what became of the rows.

    Errors: `DataError` where the city's own file of the month is not there, or nothing is about the county;
    `UserError` where there is no register.
    """
    dataset = checked.source.dataset
    if dataset.key is Key.HOUSEHOLD:
        raise DataError([Fault(f"{dataset.zh}不由县里交", "由市里交全市的")])
    former, lost = _former(bench, checked)
    ours = _placed(bench, checked.source, checked.no_rows, area)
    taken = bench.db.keep(ours.filter(ours[HERE].fill_null(True)), "rows_taken")
    theirs = _placed(bench, former, lost, area)
    staying = theirs.filter(~theirs[HERE].fill_null(False))
    same = [name for name in staying.columns if name in taken.columns and name not in (LINE, HERE)]
    kept = bench.db.keep(_without_doubles(staying, taken, same), "rows_kept")
    counts = {name: _count(bench.db, table) for name, table in (("taken", taken), ("ours", ours), ("kept", kept))}
    if counts["ours"] and not counts["taken"]:
        raise DataError([Fault(f"没有一行是 {area} 的人", "核对是不是别县的文件")])
    path = bench.scratch / FILE
    bench.db.write_csv(_together(kept, taken), path)
    read = _count(bench.db, theirs)
    return Merged(
        area,
        counts["taken"],
        counts["ours"] - counts["taken"],
        read - counts["kept"],
        counts["kept"],
        len(lost),
    ), path


def _former(bench: Bench, checked: Checked) -> tuple[SourceFile, tuple[NoRow, ...]]:
    """The city's file of the month as the screening reads it, and what is no row of it."""
    dataset, month = checked.source.dataset, checked.source.month
    files = store.files_of(bench.city / store.EXTRACTS / dataset.code, str(month))
    if not files:
        cure = "先由市里的同一部门交全市的，再交本县的更正；或把各县的合成一份由市里交"
        raise DataError([Fault(f"{month} 还没有全市的文件，只有一县的不能当作全市的", cure)])
    folder = bench.scratch / "former"
    folder.mkdir()
    agreed = mappings.agreed_columns(bench.city, dataset.code)
    source = open_source(dataset, month, files[0], bench.city, agreed=agreed, scratch=folder)
    read = read_dataset(bench.db, dataset, [source], folder, bench.vocabulary, unlinked)
    return source, tuple(mangled.lost for mangled in read.mangled)


def _placed(bench: Bench, source: SourceFile, no_rows: tuple[NoRow, ...], area: str) -> Table:
    """The rows under the headers they leave with, with their line and whether they are about the area.

    Unknown: the id is none, or nobody of the register has it; there is no such village.
    """
    raw = raw_rows(bench.db, source, no_rows)
    told = _here(bench, source.dataset, raw, area)
    bench.db.take_rejects()  # told already
    return told.select(LINE, HERE, **{header: told[name].cast("string") for header, name in _headers(source).items()})


def _headers(source: SourceFile) -> Mapping[str, str]:
    """Header to write → column: ours by our header, so that no spelling is left to guess; others by their own."""
    ours = {column.name: column.header for column in columns_to_find(source.dataset)}
    pairs = zip(source.columns, source.opened.headers, strict=True)
    return {ours.get(name, header): name for name, header in pairs}


def _here(bench: Bench, dataset: Dataset, raw: Table, area: str) -> Table:
    if has_id(dataset):
        keyed = raw.mutate(key=cells.value(dataset.column("id_number"), raw))
        homes = bench.people.homes(area)
        sound = keyed.mutate(key=ibis.ifelse(is_sound(keyed.key).fill_null(False), keyed.key, ibis.null("int64")))
        return sound.left_join(homes, sound.key == homes.person_key)
    names = {name: cells.value(dataset.column(name), raw) for name in ("county", "town", "village")}
    coded = with_area_codes(bench.db, raw.mutate(**names), bench.tree)
    return coded.mutate(**{HERE: coded.area_code.startswith(area)})


def _without_doubles(staying: Table, taken: Table, same: list[str]) -> Table:
    """Of people nobody knows by their id, what the county says in the same words is not said twice."""
    unknown = taken.filter(taken[HERE].isnull()).select(**{name: taken[name].fill_null("") for name in same}).distinct()
    unknown = unknown.mutate(is_double=True)
    filled = staying.mutate(**{f"plain_{name}": staying[name].fill_null("") for name in same})
    joined = filled.left_join(unknown, [filled[f"plain_{name}"] == unknown[name] for name in same])
    stays: Value = ~(joined.is_double.fill_null(False) & joined[HERE].isnull())
    return joined.filter(stays).select(staying.columns)


def _together(kept: Table, taken: Table) -> Table:
    """The rows that stay in their order, then the county's in theirs."""
    headers = [*(name for name in kept.columns if name not in (LINE, HERE))]
    headers += [name for name in taken.columns if name not in (LINE, HERE, *headers)]
    nothing = ibis.null("string")
    parts = [
        rows.select(LINE, **{PART: ibis.literal(n)}, **{h: rows[h] if h in rows.columns else nothing for h in headers})
        for n, rows in enumerate((kept, taken))
    ]
    return ibis.union(*parts).order_by(PART, LINE).select(headers)


def _count(db: DuckDB, table: Table) -> int:
    return int(db.fetch(table.count().name("n").as_table())["n"][0].as_py())
