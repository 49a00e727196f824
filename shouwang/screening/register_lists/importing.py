"""National lists into the register of a month: all of it or nothing, every row accounted for, the former kept."""

import json
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from shouwang.areas import AreaTree
from shouwang.screening.datasets.national_lists import ListKind
from shouwang.screening.engine.duckdb import MEMORY_LIMIT
from shouwang.screening.intake import MACROS
from shouwang.screening.intake.folder import scratch
from shouwang.screening.intake.folding import quoted
from shouwang.screening.register_lists.delivered import Delivered, read_files
from shouwang.screening.register_lists.keeping import Kept, keep, store
from shouwang.screening.register_lists.publishing import publishing
from shouwang.screening.register_lists.reading import make_notes, read_homes, read_members
from shouwang.screening.register_lists.registering import write_register
from shouwang.terms.errors import DataError, Fault, UserError
from shouwang.terms.period import Month

Step = Callable[[str, int, int], None]
ROW_FAULTS, NOTES, MANIFEST = "quarantine.csv", "notes.csv", "manifest.json"


@dataclass(frozen=True)
class FileTold:
    """What became of the rows of one file; read = used + quarantined."""

    label: str
    kind: ListKind
    read: int
    used: int
    quarantined: int
    kept_only: tuple[str, ...]
    """Headers that are kept and not understood."""
    repairs: tuple[str, ...]
    sha256: str


@dataclass(frozen=True)
class Imported:
    """What an import did. `rows`: of the register's tables. `notes`: cells that are unknown though filled in."""

    month: Month
    files: tuple[FileTold, ...]
    rows: dict[str, int]
    notes: int
    superseded: str
    """Where the former register of the month is kept, inside CITY; empty where there was none."""


def import_lists(
    city: Path,
    paths: Sequence[Path],
    month: Month,
    tree: AreaTree,
    kind: ListKind | None = None,
    step: Step = lambda *_: None,
) -> Imported:
    """Make the register of a month from lists. Errors: `UserError`, `DataError` (nothing is published)."""
    if city.exists() and not city.is_dir():
        raise UserError(f"{city.name} 不是文件夹", "给出城市文件夹")
    city.mkdir(mode=0o700, parents=True, exist_ok=True)
    with scratch(city) as aside, closing(_connect(aside)) as con:
        step("打开名单", 0, 4)
        files = read_files(con, paths, kind, aside)
        step("核对各行", 1, 4)
        lists = keep(con, files)
        make_notes(con)
        step("理解各栏", 2, 4)
        known = read_homes(con, lists, tree)
        read_members(con, lists)
        _require_usable(con, files, known)
        step("写登记册", 3, 4)
        with publishing(city, month) as (folder, superseded):
            rows = write_register(con, month, folder)
            for kept in lists:
                store(con, kept, folder)
            told = Imported(
                month, tuple(_told(con, f, lists) for f in files), rows, _write_places(con, folder), superseded
            )
            _write_manifest(told, folder)
    return told


def _connect(aside: Path) -> duckdb.DuckDBPyConnection:
    """On disk, inside CITY: lists of millions of rows do not fit beside each other in memory."""
    con = duckdb.connect(str(aside / "lists.duckdb"), config={
        "memory_limit": MEMORY_LIMIT, "temp_directory": str(aside / "spill"), "autoinstall_known_extensions": "false",
    })  # fmt: skip
    for macro in MACROS:
        con.execute(macro)
    return con


def _require_usable(con: duckdb.DuckDBPyConnection, files: Sequence[Delivered], known: int) -> None:
    """Errors: `DataError` where no person can be used, or no row (`known` of them) names a village of the city."""
    ((people,),) = con.execute("select count(*) from members_said").fetchall()
    where = "、".join(file.label for file in files)
    if not people:
        raise DataError([Fault("没有一行可以用的人员", "登记册要有人口名单或人员信息表，户信息表只作补充", where)])
    if not known:
        raise DataError([Fault("没有一户的县、乡、行政村在本市的区划表里", "核对是不是本市的名单，地名写全称", where)])


def _told(con: duckdb.DuckDBPyConnection, file: Delivered, lists: Sequence[Kept]) -> FileTold:
    kept = next(one for one in lists if one.kind is file.kind)
    ((rows, used),) = con.execute(
        f"select count(*), count(*) filter (used) from {kept.table} where file = ?", [file.label]
    ).fetchall()
    read = rows + len(file.no_rows)
    understood = {int(cell[1:]) for cell in kept.stored.columns}
    only_kept = tuple(h for n, h in enumerate(kept.headers) if n not in understood and h in file.headers)
    return FileTold(file.label, file.kind, read, used, read - used, only_kept, file.repairs, file.sha256)


def _write_places(con: duckdb.DuckDBPyConnection, folder: Path) -> int:
    """Rows that were not used, and cells that were not understood: file, line, column, reason; never the cell."""
    for table, name in (("row_faults", ROW_FAULTS), ("notes", NOTES)):
        con.execute(
            f'copy (select file, line, "column", reason from {table} order by all) to {quoted(str(folder / name))}'
            " (format csv, header true)"
        )
        path = folder / name
        path.write_bytes("\ufeff".encode() + path.read_bytes())
    ((notes,),) = con.execute("select count(*) from notes").fetchall()
    return int(notes)


def _write_manifest(told: Imported, folder: Path) -> None:
    content: dict[str, Any] = {
        "month": str(told.month),
        "as_of": str(told.month.last),
        "source": "shouwang import",
        "lists": [
            {"file": f.label, "kind": str(f.kind), "sha256": f.sha256, "read": f.read, "used": f.used,
             "quarantined": f.quarantined}
            for f in told.files
        ],
        "rows": told.rows,
        "notes": told.notes,
        "superseded": told.superseded,
    }  # fmt: skip
    (folder / MANIFEST).write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
