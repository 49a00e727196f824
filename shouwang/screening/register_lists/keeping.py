"""Every delivered cell into the lists beside the register, and which rows the register can be made of."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from shouwang.screening.datasets.national_lists import ListKind, understood
from shouwang.screening.intake.folding import quoted
from shouwang.screening.intake.stored_lists import FOLDER, HEADERS, StoredList, path_of
from shouwang.screening.register_lists.delivered import KEYS, Delivered
from shouwang.terms.writing import unseen_removed

NO_KEY = {"household_id": ("户编号", "没有户编号，不知道是哪一户"), "person_id": ("人编号", "没有人编号，不知道是谁")}
SAME_AGAIN = "与前面的一行完全相同"
UNLIKE = {
    "household_id": ("户编号", "同一户编号有几行，内容不同，须由人确定"),
    "person_id": ("人编号", "同一人编号有几行，内容不同，须由人确定"),
}


@dataclass(frozen=True)
class Kept:
    """One kind of list, all its files together. `table`: `StoredList`'s rows, with `file_no` before them."""

    kind: ListKind
    headers: tuple[str, ...]
    table: str

    @property
    def cells(self) -> list[str]:
        return [f"c{n}" for n in range(len(self.headers))]

    @property
    def stored(self) -> StoredList:
        """The same, as the checks will find it; the path is not used."""
        return StoredList(self.kind, Path(), self.headers)


def keep(con: duckdb.DuckDBPyConnection, files: Sequence[Delivered]) -> list[Kept]:
    """Put the files of each kind together and mark the rows that cannot be used in `row_faults`."""
    con.execute('create table row_faults (kind varchar, file varchar, line bigint, "column" varchar, reason varchar)')
    for file in files:
        for no_row in file.no_rows:
            con.execute(
                "insert into row_faults values (?, ?, ?, '', ?)", [file.kind, file.label, no_row.line, no_row.reason]
            )
    kept = []
    for kind in ListKind:
        mine = [file for file in files if file.kind is kind]
        if mine:
            kept.append(_keep(con, kind, mine))
    return kept


def joined_headers(files: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """All headers of the files, each file's in its order; a header that stands twice in a file stays twice."""
    found: dict[tuple[str, int], str] = {}
    for headers in files:
        for key, header in zip(_places(headers), headers, strict=True):
            found.setdefault(key, header)
    return tuple(found.values())


def _places(headers: Sequence[str]) -> list[tuple[str, int]]:
    """Each header, and the how many-th of its name it is."""
    seen: Counter[str] = Counter()
    keys = []
    for header in headers:
        name = unseen_removed(header)
        keys.append((name, seen[name]))
        seen[name] += 1
    return keys


def _keep(con: duckdb.DuckDBPyConnection, kind: ListKind, files: Sequence[Delivered]) -> Kept:
    headers = joined_headers(file.headers for file in files)
    keys = _places(headers)
    selects = []
    for number, file in enumerate(files):
        own = {key: f"c{n}" for n, key in enumerate(_places(file.headers))}
        cells = ", ".join(f"{own.get(key, 'null::varchar')} as c{n}" for n, key in enumerate(keys))
        selects.append(f"select {number} as file_no, {quoted(file.label)} as file, line, {cells} from {file.table}")
    named = {column.name: f"c{n}" for n, column in enumerate(understood(headers)) if column}
    ids = {key: f"nullif(trim({named[key]}), '')" if key in KEYS[kind] else "null::varchar" for key in NO_KEY}
    kept = Kept(kind, headers, f"list_{kind}")
    con.execute(
        f"create table all_{kind} as select *, {', '.join(f'{sql} as {key}' for key, sql in ids.items())}"
        f" from ({' union all '.join(selects)})"
    )
    _mark(con, kept)
    con.execute(
        f"create table {kept.table} as select a.file_no, a.file, a.line, f.line is null as used, a.household_id,"
        f" a.person_id, {', '.join(f'a.{cell}' for cell in kept.cells)} from all_{kind} a left join"
        f" (select distinct file, line from row_faults where kind = '{kind}') f using (file, line)"
    )
    return kept


def _mark(con: duckdb.DuckDBPyConnection, kept: Kept) -> None:
    """Rows of nobody, the same row again, and rows of one key that differ: of these nobody knows which counts."""
    keys = KEYS[kept.kind]
    for key in keys:
        con.execute(
            f"insert into row_faults select '{kept.kind}', file, line, ?, ? from all_{kept.kind} where {key} is null",
            list(NO_KEY[key]),
        )
    known = " and ".join(f"{key} is not null" for key in keys)
    row = ", ".join(kept.cells)
    con.execute(
        f"insert into row_faults with repeated as (select {', '.join(keys)}, count(distinct hash({row})) as versions"
        f" from all_{kept.kind} where {known} group by all having count(*) > 1),"
        f" places as (select a.file, a.line, r.versions,"
        f" row_number() over (partition by {', '.join(f'a.{key}' for key in keys)}"
        f" order by a.file_no, a.line) as place from all_{kept.kind} a join repeated r using ({', '.join(keys)}))"
        f" select '{kept.kind}', file, line, ?, case when versions > 1 then ? else '{SAME_AGAIN}' end from places"
        " where versions > 1 or place > 1",
        list(UNLIKE[keys[-1]]),
    )


def store(con: duckdb.DuckDBPyConnection, kept: Kept, folder: Path) -> None:
    """Write the list as `StoredList` has it, into the register's folder."""
    (folder / FOLDER).mkdir(exist_ok=True)
    metadata = json.dumps(kept.headers, ensure_ascii=False)
    con.execute(
        f"copy (select file, line, used, household_id, person_id, {', '.join(kept.cells)} from {kept.table}"
        f" order by file_no, line) to {quoted(str(path_of(folder, kept.kind)))}"
        f" (format parquet, compression zstd, kv_metadata {{{quoted(HEADERS.decode())}: {quoted(metadata)}}})"
    )
