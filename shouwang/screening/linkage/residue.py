"""What the exact id leaves over, compared with the register.

An identity is all that rows write of a person; the same writing, in whatever file and month, is compared once.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from shouwang.screening.linkage import people
from shouwang.screening.linkage.blocking import Key
from shouwang.screening.linkage.comparisons import Comparison, comparisons
from shouwang.screening.linkage.fields import Fields, Ids, Script
from shouwang.screening.linkage.linker import Lists, score
from shouwang.screening.linkage.model import Model, load_model
from shouwang.screening.linkage.reach import HARDLY_ANOTHER, reach

MEMORY_LIMIT = "1000MB"
LEAST = 0.0005
"""Pairs less probable than this are not kept."""
FIELDS = Fields(
    script=Script.HAN, ids=Ids.CITIZEN, birth_date=True, sex=True, phone=True, head=True, texts=("area", "address")
)
_NAME = "{t}.name"
_FIRST, _LAST = "left({t}.name, 1)", "right({t}.name, 1)"
_FOURTEEN = "left(coalesce({t}.id, {t}.id_head), 14)"
_MAY_BE_ONE = (
    "(l.name is null or r.name is null or left(l.name, 1) = left(r.name, 1) or right(l.name, 1) = right(r.name, 1)"
    f" or {HARDLY_ANOTHER})"
)
"""A county, a decade of birth and the last digits agree by chance in most pairs that differ in name and in more."""
KEYS = (
    Key(("right({t}.id, 9)",)),
    Key(("left({t}.id, 9)", "right({t}.id, 4)"), also=_MAY_BE_ONE),
    Key((_FOURTEEN, _FIRST)),
    Key((_FOURTEEN, _LAST)),
    Key((_NAME, "right({t}.id, 4)")),
    Key((_NAME, "left({t}.id, 6)", "substr({t}.id, 15, 3)")),
    Key((_NAME, "left({t}.id, 10)")),
    Key((_NAME, "{t}.birth")),
    Key((_NAME, "{t}.rare_area")),
    Key((_NAME, "{t}.phone")),
    Key((_NAME, "{t}.area")),
    Key((_NAME, "{t}.address")),
    Key(("{t}.lone_birth", _FIRST)),
    Key(("{t}.lone_birth", _LAST)),
)
"""One wrong, missing or doubled digit leaves one of the first four whole; the others know the name; the last two go by
a birth date beside a lost id."""
SMALLEST = 1000
"""A register is taken to have so many people at least: in a hamlet too, a name and a county are no proof."""


@dataclass(frozen=True)
class Residue:
    """What was compared.

    Tables on `con`: `left_people` (row of `identities`), `right_people` (row = the person's key), both in compared
    forms; `scored` (see `linker.score`).
    """

    con: duckdb.DuckDBPyConnection
    comparisons: list[Comparison]
    model: Model


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """A connection of its own: the residue is always linked on DuckDB, whichever engine grades."""
    options = {"memory_limit": MEMORY_LIMIT, "temp_directory": str(scratch / "spill_of_linkage")}
    con = duckdb.connect(config=options)
    people.prepare(con)
    return con


def link(con: duckdb.DuckDBPyConnection, model: Model | None = None) -> Residue:
    """Compare table `identities` with tables `register` and `homes`; leaves the candidates in table `scored`.

    Shape: `identities` row, name, id_number, and any of sex, birth_date, phone, head, area, address, as written;
    `register` person_key, household_no, name; `homes` household_no, phone, head, area, address.
    """
    known = model or load_model()
    people.compared(con, "identities", "left_plain", are_citizens=True, is_lunar=True)
    reach(con)
    people.compared(con, "reached", "right_plain", are_citizens=True, is_lunar=True)
    _with_keys(con)
    lists = Lists(con, "left_people", "right_people")
    figured = known.applied_to(comparisons(FIELDS))
    size = max(SMALLEST, con.execute("select count(*) from register").fetchall()[0][0])
    frequencies = {column: _frequencies(con, column, size) for column in ("name", "area", "address")}
    score(
        lists, figured, [key.rule for key in KEYS], "scored",
        prior=1 / size, least=LEAST, frequencies=frequencies,
    )  # fmt: skip
    return Residue(con, figured, known)


def _with_keys(con: duckdb.DuckDBPyConnection) -> None:
    """`rare_area`: the county of an id of which nothing else is left, where few people there have the name;
    `lone_birth`: a birth date beside a lost id.
    """
    con.execute(
        "create or replace temp table left_people as select p.*,"
        " case when p.id is null then n.id_area end as rare_area, case when p.id is null then p.birth end as lone_birth"
        " from left_plain p left join rare_names n on n.name = p.name and n.id_area = p.id_area"
    )
    con.execute(
        "create or replace temp table right_people as select p.*, p.id_area as rare_area, p.birth as lone_birth"
        " from right_plain p"
    )


def _frequencies(con: duckdb.DuckDBPyConnection, column: str, size: int) -> str:
    """A table of how often the register has what an identity says: names of people, places of homes."""
    table = f"{column}_frequencies"
    of, whole = ("register", f"{size}") if column == "name" else ("homes", "(select count(*) from homes)")
    said = f"select {column} from left_plain"
    forms = (
        f"(select written, name as form from right_plain_forms where name in ({said})"
        f" union select {column}, {column} from left_plain)"
    )
    con.execute(
        f"create or replace temp table {table} as select f.form as {column}, count(*) / {whole} as tf_{column}"
        f" from {of} t join {forms} f on f.written = t.{column} group by all"
    )
    return table
