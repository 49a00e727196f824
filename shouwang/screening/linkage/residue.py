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

MEMORY_LIMIT = "1000MB"
LEAST = 0.0005
"""Pairs less probable than this are not kept."""
FIELDS = Fields(
    script=Script.HAN, ids=Ids.CITIZEN, birth_date=True, sex=True, phone=True, head=True, texts=("area", "address")
)
_NAME = "{t}.name"
_FIRST, _LAST = "left({t}.name, 1)", "right({t}.name, 1)"
_FOURTEEN = "left(coalesce({t}.id, {t}.id_head), 14)"
KEYS = (
    Key(("right({t}.id, 9)",)),
    Key(("left({t}.id, 9)", "right({t}.id, 4)")),
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
MOST_NAMESAKES = 5
"""Of more people of one name in a county, name and county say too little: nobody is looked at."""
PLACES = ("phone", "head", "area", "address")
"""What identities and `homes` say alike."""


@dataclass(frozen=True)
class Part:
    """A part of an id as a whole number: of the register's keys (see `intake.identity`), and of an id as written."""

    of_key: str
    written: str


PARTS = {
    "tail": Part("person_key % 1100000000", "id_end(id, 9)"),
    "ends": Part(
        "person_key // 1100000000 * 11000 + person_key % 11000",
        "try_cast(left(id, 9) as bigint) * 11000 + id_end(id, 4)",
    ),
    "fourteen": Part("person_key // 11000", "try_cast(left(coalesce(id, id_head), 14) as bigint)"),
    "last": Part("person_key % 11000", "id_end(id, 4)"),
    "county_and_order": Part(
        "person_key // 1100000000000 * 1000 + person_key // 11 % 1000",
        "try_cast(left(id, 6) || substr(id, 15, 3) as bigint)",
    ),
    "ten": Part("person_key // 110000000", "try_cast(left(id, 10) as bigint)"),
    "birth": Part("person_key // 11000 % 100000000", "try_cast(birth as bigint)"),
}
"""What KEYS ask of an id, a little wider: who is reached for nothing is no candidate of any key."""
SHARP = ("tail", "ends", "fourteen")


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
    _reach(con)
    people.compared(con, "reached", "right_plain", are_citizens=True, is_lunar=True)
    _with_keys(con)
    lists = Lists(con, "left_people", "right_people")
    figured = known.applied_to(comparisons(FIELDS))
    size = max(SMALLEST, con.execute("select count(*) from register").fetchall()[0][0])
    score(
        lists, figured, [key.rule for key in KEYS], "scored",
        prior=1 / size, least=LEAST, frequencies={"name": "name_frequencies"},
    )  # fmt: skip
    return Residue(con, figured, known)


def _reach(con: duckdb.DuckDBPyConnection) -> None:
    """Table `reached`: the people of the register that any key leads to; most are never looked at.

    The register is asked in whole numbers: parts of an id as text would be cut out of millions of ids for every key.
    """
    written = ", ".join(f"{part.written} as {name}" for name, part in PARTS.items())
    con.execute(f"create or replace temp table wanted as select name, {written} from left_plain")
    _lone(con)
    con.execute(
        "create or replace temp table namesakes as select person_key, household_no, name,"
        " (person_key // 1100000000000)::varchar as id_area from register where name in (select name from lone)"
    )
    con.execute(
        "create or replace temp table rare_names as select name, id_area from namesakes"
        " where name in (select name from lone where id_area is not null)"
        f" group by all having count(*) <= {MOST_NAMESAKES}"
    )
    con.execute(
        "create or replace temp table reached as select r.person_key as row, r.name,"
        " lpad((r.person_key // 11)::varchar, 17, '0') || id_sign(r.person_key % 11) as id_number,"
        f" {', '.join(f'h.{place}' for place in PLACES)} from register r left join homes h using (household_no)"
        f" where r.person_key in ({' union '.join([*_ways_of_ids(), *_ways_of_the_lone()])})"
    )
    con.execute(
        "create or replace temp table name_frequencies as select name,"
        f" count(*) / (select greatest({SMALLEST}, count(*)) from register) as tf_name from register"
        " where name in (select name from left_plain union select name from reached) group by name"
    )


def _ways_of_ids() -> list[str]:
    """Keys of people by the parts of an id: the sharp ones alone, the others beside the name."""
    alone = [
        f"select person_key from register where {PARTS[part].of_key} in (select {part} from wanted)" for part in SHARP
    ]
    named = [
        f"select r.person_key from register r semi join wanted w on w.name = r.name and w.{name} = {part.of_key}"
        for name, part in PARTS.items()
        if name not in SHARP
    ]
    return alone + named


def _ways_of_the_lone() -> list[str]:
    """Keys of people where the id is lost: by a name rare in its county, by a place, by a birth date."""
    rare = "select person_key from namesakes semi join rare_names using (name, id_area)"
    places = [
        f"select r.person_key from namesakes r semi join homes h on h.household_no = r.household_no"
        f" and h.{place} in (select {place} from lone)"
        for place in ("phone", "area", "address")
    ]
    born = f"{PARTS['birth'].of_key} in (select try_cast(birth as bigint) from lone)"
    births = [
        f"select r.person_key from (select *, ({PARTS['birth'].of_key})::varchar as birth from register where {born}) r"
        f" semi join lone l on l.birth = r.birth and {end}(l.name, 1) = {end}(r.name, 1)"
        for end in ("left", "right")
    ]
    return [rare, *places, *births]


def _lone(con: duckdb.DuckDBPyConnection) -> None:
    """Table `lone`: identities without a whole id, as written and as compared."""
    present = {row[0] for row in con.execute("describe identities").fetchall()}
    places = ", ".join(f"i.{place}" if place in present else f"null::varchar as {place}" for place in PLACES)
    con.execute(
        f"create or replace temp table lone as select p.name, p.birth, p.id_area, {places} from left_plain p"
        " join identities i using (row) where p.id is null"
    )


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
