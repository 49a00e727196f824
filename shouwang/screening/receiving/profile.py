"""What a month's rows look like as a whole: counts, ranges and distributions, never a person."""

from collections.abc import Mapping
from typing import Any

import ibis
from ibis import Table, Value

from shouwang.screening.datasets import Column, Dataset, Reads
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.extracts import checked_columns
from shouwang.screening.intake.identity import is_sound
from shouwang.screening.receiving.checking import has_id

MOST_LABELS = 12
Profile = Mapping[str, Any]
"""`rows`, `doubled`, `empty`: column → share, `days`: column → [first, last], `amounts`: column → {sum, middle} in 元,
`labels`: column → label → share, `ids`: {wrong, strangers} as shares; strangers is null where there is no register."""


def profile(db: DuckDB, dataset: Dataset, rows: Table, people: Table | None) -> dict[str, Any]:
    """One month's typed rows as figures. `people`: `person_key` of everybody in the register."""
    columns = [c for c in dataset.columns if c.name in rows.columns and c.reads is not Reads.NAME]
    row = db.fetch(rows.aggregate(n=rows.count(), **_figures(dataset, columns, rows))).to_pylist()[0]
    n = row["n"]
    return {
        "rows": n,
        "doubled": n - _distinct(db, rows),
        "empty": {c.name: _share(row[f"empty_{c.name}"], n) for c in columns},
        "days": {
            c.name: [_text(row[f"first_{c.name}"]), _text(row[f"last_{c.name}"])] for c in _of(columns, Reads.DATE)
        },
        "amounts": {
            c.name: {"sum": _yuan(row[f"sum_{c.name}"]), "middle": _yuan(row[f"middle_{c.name}"])}
            for c in _of(columns, Reads.MONEY)
        },
        "labels": {c.name: _labels(db, rows, c, n) for c in _of(columns, Reads.LABEL)},
        "ids": _ids(db, rows, people, n) if has_id(dataset) else {},
    }


def _figures(dataset: Dataset, columns: list[Column], rows: Table) -> dict[str, Value]:
    figures = {f"empty_{c.name}": _empty(dataset, c, rows).sum() for c in columns}
    for column in _of(columns, Reads.DATE):
        figures |= {f"first_{column.name}": rows[column.name].min(), f"last_{column.name}": rows[column.name].max()}
    for column in _of(columns, Reads.MONEY):
        amount = rows[column.name]
        figures[f"sum_{column.name}"] = amount.sum()
        figures[f"middle_{column.name}"] = amount.nullif(0).median().round().cast("int64")
    return figures


def _empty(dataset: Dataset, column: Column, rows: Table) -> Value:
    """Null where it may be; what must be filled, or could not be read, is told as a fault."""
    bit = 1 << checked_columns(dataset).index(column)
    return rows[column.name].isnull() & ((rows.faults & bit) == 0)


def _of(columns: list[Column], reads: Reads) -> list[Column]:
    return [column for column in columns if column.reads is reads]


def _distinct(db: DuckDB, rows: Table) -> int:
    return int(db.fetch(rows.distinct().count().name("n").as_table())["n"][0].as_py())


def _labels(db: DuckDB, rows: Table, column: Column, n: int) -> dict[str, float]:
    counted = rows.group_by(label=rows[column.name]).agg(n=rows.count())
    ordered = counted.filter(counted.label.notnull()).order_by(ibis.desc("n"), "label").limit(MOST_LABELS)
    return {row["label"]: _share(row["n"], n) for row in db.fetch(ordered).to_pylist()}


def _ids(db: DuckDB, rows: Table, people: Table | None, n: int) -> dict[str, float | None]:
    sound = rows.filter(is_sound(rows.person_key).fill_null(False))
    wrong = n - int(db.fetch(sound.count().name("n").as_table())["n"][0].as_py())
    if people is None:
        return {"wrong": _share(wrong, n), "strangers": None}
    strange = sound.anti_join(people, "person_key").count().name("n").as_table()
    return {"wrong": _share(wrong, n), "strangers": _share(int(db.fetch(strange)["n"][0].as_py()), n)}


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0


def _text(day: object) -> str | None:
    return None if day is None else str(day)


def _yuan(fen: int | None) -> str | None:
    return None if fen is None else f"{fen // 100}.{fen % 100:02d}"
