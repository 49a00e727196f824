"""Cells of lists → values of the register, and a note for every cell that was filled in and not understood."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from shouwang.areas import AreaTree
from shouwang.screening.datasets.national_lists import BY_NAME, Level, ListColumn, ReadAs
from shouwang.screening.intake.cell_sql import agreed, cases, filled, words
from shouwang.screening.intake.folding import quoted
from shouwang.screening.register_lists.keeping import Kept
from shouwang.screening.register_lists.standing import SILENT, said_by

PLACE = ("county", "town", "village")
STANDING = ("household_type", "household_attribute", "poverty_status", "monitor_type")
INCOME = ("wage", "business", "property", "transfer", "business_cost")
MEMBER = (
    "name", "id_number", "relation", "sex", "birth_date", "ethnic", "education", "in_school", "health", "labour",
    "identified", "phone",
)  # fmt: skip
HOME = (*INCOME, "people", "income_per_person", "exit_year", "year", "first_identified")
UNLIKE_ROWS = "各行或各表填得不一样，须由人确定"
NOT_UNDERSTOOD = {
    ReadAs.LABEL: "不是约定的类别；只写代码而不知道是哪份代码表的，也不能用",
    ReadAs.NUMBER: "应为不小于 0 的整数",
    ReadAs.MONEY: "应为以元计的金额，至多两位小数",
    ReadAs.DATE: "应为日期，写作 2020-06-18",
}
NO_SUCH_TYPE = "没有声明过的户类型（见 docs/register_lists.md）"
NO_SUCH_VILLAGE = "区划表里没有这个村，或不止一个"


def read_members(con: duckdb.DuckDBPyConnection, lists: Sequence[Kept]) -> None:
    """`members_said`: one row per household and person, what all lists say that say anything."""
    rows = [_typed_rows(con, kept, MEMBER, Level.MEMBER) for kept in lists if _has_people(kept)]
    _agree(con, "members_said", rows, ("household_id", "person_id"), MEMBER)


def read_homes(con: duckdb.DuckDBPyConnection, lists: Sequence[Kept], tree: AreaTree) -> int:
    """`homes_said`: one row per household, with `area_code` and `standing` beside what the lists say.

    Answers how many rows name a village of the city.
    """
    rows = [_typed_rows(con, kept, HOME, Level.HOUSEHOLD) for kept in lists]
    for kept, table in zip(lists, rows, strict=True):
        _add_area(con, kept, table, tree)
        _add_standing(con, kept, table)
    _agree(con, "homes_said", rows, ("household_id",), (*HOME, "area_code", "standing"))
    counted = " + ".join(f"(select count(area_code) from {table})" for table in rows)
    ((known,),) = con.execute(f"select {counted}").fetchall()
    return int(known)


def make_notes(con: duckdb.DuckDBPyConnection) -> None:
    """`notes`: cells that are unknown though somebody wrote something; the row itself is used."""
    con.execute('create table notes (file varchar, line bigint, "column" varchar, reason varchar)')


def _has_people(kept: Kept) -> bool:
    return "person_id" in {column.name for column in kept.stored.columns.values()}


def _cell(kept: Kept, name: str) -> str | None:
    """The cell of a column, where the list has it."""
    return next((cell for cell, column in kept.stored.columns.items() if column.name == name), None)


def _header(kept: Kept, cell: str) -> str:
    return kept.headers[int(cell[1:])]


def _typed_rows(con: duckdb.DuckDBPyConnection, kept: Kept, names: Sequence[str], level: Level) -> str:
    """The used rows of a list with typed columns. Answers the table's name."""
    table = f"{level}_rows_{kept.kind}"
    columns = []
    for name in names:
        cell, column = _cell(kept, name), BY_NAME[name]
        sql = _value(con, kept.table, cell, column) if cell else f"null::{_kind(column)}"
        columns.append(f"{sql} as {name}")
    con.execute(
        f"create table {table} as select file_no, file, line, household_id, person_id, {', '.join(columns)}"
        f" from {kept.table} where used"
    )
    for name in names:
        if (cell := _cell(kept, name)) and BY_NAME[name].reads is not ReadAs.TEXT:
            _note(con, kept, table, cell, name, NOT_UNDERSTOOD[BY_NAME[name].reads])
    return table


def _kind(column: ListColumn) -> str:
    return {ReadAs.NUMBER: "bigint", ReadAs.MONEY: "bigint", ReadAs.DATE: "date"}.get(column.reads, "varchar")


def _value(con: duckdb.DuckDBPyConnection, source: str, cell: str, column: ListColumn) -> str:
    """Exactly what the register stores: money in fen, of either sign, and only where no part of a fen is lost."""
    if column.reads is ReadAs.MONEY:
        fen = f"any_fen({cell})"
        return f"(case when {fen} = {fen}::bigint then {fen}::bigint end)"
    if column.reads is ReadAs.NUMBER:
        return f"read_count({cell}, '年度')::bigint"
    if column.reads is ReadAs.DATE:
        return f"read_day(day_of_number({cell}))"
    if column.reads is ReadAs.LABEL:
        return cases(cell, {text: quoted(word) for text, word in words(con, source, cell, column.table).items()})
    return f"nullif(trim({cell}), '')"


def _note(con: duckdb.DuckDBPyConnection, kept: Kept, table: str, cell: str, name: str, reason: str) -> None:
    con.execute(
        f"insert into notes select k.file, k.line, ?, ? from {kept.table} k join {table} t using (file_no, line)"
        f" where {filled(f'k.{cell}')} and t.{name} is null",
        [_header(kept, cell), reason],
    )


def _add_area(con: duckdb.DuckDBPyConnection, kept: Kept, table: str, tree: AreaTree) -> None:
    """`area_code`: the village the three names lead to. Unknown: no such village, or more than one."""
    cells = [_cell(kept, name) for name in PLACE]
    con.execute(f"alter table {table} add column area_code varchar")
    if not all(cells):
        return
    names = ", ".join(f"coalesce(trim({cell}), '')" for cell in cells)
    written = con.execute(f"select distinct {names} from {kept.table} where used").fetchall()
    codes = [tree.find(*row) for row in written]
    found = {name: pa.array([row[n] for row in written], pa.string()) for n, name in enumerate(PLACE)}
    con.register(
        "places_found", pa.table(found | {"code": pa.array([str(c) if c else None for c in codes], pa.string())})
    )
    joined = " and ".join(f"coalesce(trim(k.{cell}), '') = p.{name}" for cell, name in zip(cells, PLACE, strict=True))
    con.execute(
        f"update {table} t set area_code = p.code from {kept.table} k join places_found p on {joined}"
        " where k.file_no = t.file_no and k.line = t.line"
    )
    con.unregister("places_found")
    _note(con, kept, table, str(cells[-1]), "area_code", NO_SUCH_VILLAGE)


def _add_standing(con: duckdb.DuckDBPyConnection, kept: Kept, table: str) -> None:
    """`standing`: what the labels of a row say together. Unknown: they say nothing, or disagree."""
    con.execute(f"alter table {table} add column standing varchar")
    told = []
    for name in STANDING:
        cell = _cell(kept, name)
        if cell:
            told.append(_said(con, kept, cell))
            con.execute(
                f"insert into notes select file, line, ?, ? from {kept.table} where used and {filled(cell)}"
                f" and ({told[-1]}) is null",
                [_header(kept, cell), NO_SUCH_TYPE],
            )
    if told:
        said = f"list_distinct(list_filter([{', '.join(told)}], lambda x: x is not null and x <> '{SILENT}'))"
        con.execute(
            f"update {table} t set standing = k.said from (select file_no, line,"
            f" case when len({said}) = 1 then {said}[1] end as said from {kept.table}) k"
            " where k.file_no = t.file_no and k.line = t.line"
        )


def _said(con: duckdb.DuckDBPyConnection, kept: Kept, cell: str) -> str:
    """What the label of a cell says. 否 and 无 (not monitored) say nothing."""
    written = con.execute(f"select distinct {cell} from {kept.table} where {filled(cell)}").fetchall()
    said = {text: quoted(SILENT if text.strip() in ("否", "无") else said_by(text) or "") for (text,) in written}
    return cases(cell, {text: value for text, value in said.items() if value != "''"}, empty=quoted(SILENT))


def _agree(
    con: duckdb.DuckDBPyConnection, table: str, rows: Sequence[str], keys: Sequence[str], names: Sequence[str]
) -> None:
    """One row per key; a column on which rows or lists disagree is unknown, and noted at the first row."""
    union = " union all by name ".join(f"select * from {one}" for one in rows) or (
        "select null::varchar as file, 0 as file_no, 0 as line,"
        " null::varchar as household_id, null::varchar as person_id,"
        f" {', '.join(f'null::varchar as {name}' for name in names)} where false"
    )
    said = ", ".join(f"{agreed(name)} as {name}, min({name}) <> max({name}) as {name}_differs" for name in names)
    con.execute(
        f"create table {table} as select {', '.join(keys)}, min_by(file, (file_no, line)) as file,"
        f" min_by(line, (file_no, line)) as line, {said} from ({union}) group by {', '.join(keys)}"
    )
    for name in names:
        header = {"area_code": "行政村", "standing": "户类型"}.get(name) or BY_NAME[name].header
        con.execute(
            f"insert into notes select file, line, ?, ? from {table} where {name}_differs", [header, UNLIKE_ROWS]
        )
