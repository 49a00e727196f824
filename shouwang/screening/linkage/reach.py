"""Whom of the register any key of the residue leads to: most people are never looked at.

The register is asked in whole numbers: parts of an id as text would be cut out of millions of ids for every key.
"""

from dataclasses import dataclass

import duckdb

from shouwang.screening.linkage import people
from shouwang.screening.linkage.comparisons import OLDER_CARD, of_records

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
"""What the keys ask of an id, a little wider: who is reached for nothing is no candidate of any key."""
ALONE, BESIDE_AN_END, BESIDE_THE_NAME = ("tail",), ("ends", "fourteen"), ("last", "county_and_order", "ten", "birth")
_ENDS = ("left", "right")
_MIDDLE = "substr({t}.id, 10, length({t}.id) - 13)"
HARDLY_ANOTHER = (
    f"damerau_levenshtein({_MIDDLE.format(t='l')}, {_MIDDLE.format(t='r')}) <= 1 or {of_records(OLDER_CARD)}"
)
"""Of two ids (of `l` and `r`) alike in the first nine and the last four: one slip between, or an older card."""
_ID = "lpad((r.person_key // 11)::varchar, 17, '0') || id_sign(r.person_key % 11)"
_BIRTH = "lpad((r.person_key // 11000 % 100000000)::varchar, 8, '0')"


def reach(con: duckdb.DuckDBPyConnection) -> None:
    """Tables `reached` (row, name, id_number and PLACES) and `rare_names` (name, id_area), for `left_plain` against
    `register` and `homes`.
    """
    written = ", ".join(f"{part.written} as {name}" for name, part in PARTS.items())
    con.execute(
        f"create or replace temp table wanted as select distinct name, id, birth, lunar, {written} from left_plain"
    )
    _lone(con)
    _met(con)
    ways = [*_ways_of_ids(), *_ways_beside_an_end(), *_ways_of_the_lone()]
    con.execute(
        f"create or replace temp table reached as select r.person_key as row, r.name, {_ID} as id_number,"
        f" {', '.join(f'h.{place}' for place in PLACES)} from register r left join homes h using (household_no)"
        f" where r.person_key in ({' union '.join(ways)})"
    )


def _lone(con: duckdb.DuckDBPyConnection) -> None:
    """Table `lone`: identities without a whole id, as written and as compared; `namesakes`: the register's people of
    their names; `rare_names`: of those that few of a county bear.
    """
    present = {row[0] for row in con.execute("describe identities").fetchall()}
    places = ", ".join(f"i.{place}" if place in present else f"null::varchar as {place}" for place in PLACES)
    con.execute(
        f"create or replace temp table lone as select p.name, p.birth, p.id_area, {places} from left_plain p"
        " join identities i using (row) where p.id is null"
    )
    con.execute(
        "create or replace temp table namesakes as select person_key, household_no, name,"
        " (person_key // 1100000000000)::varchar as id_area from register where name in (select name from lone)"
    )
    con.execute(
        "create or replace temp table rare_names as select name, id_area from namesakes"
        " semi join lone using (name, id_area) group by all"
        f" having count(*) <= {MOST_NAMESAKES}"
    )


def _met(con: duckdb.DuckDBPyConnection) -> None:
    """Tables `met_<part>`: who shares a part that says little without a character of the name, with the identity (`l`)
    and the one of the register (`r`); `end_forms`: the characters at the ends of their names, folded as names are.
    """
    for part in BESIDE_AN_END:
        con.execute(
            f"create or replace temp table met_{part} as select l, {{'person_key': r.person_key, 'name': r.name,"
            f" 'id': {_ID}, 'birth': {_BIRTH}}} as r from register r join wanted l on l.{part} = {PARTS[part].of_key}"
        )
    ends = [f"select {end}(r.name, 1) from met_{part} where r.name <> ''" for part in BESIDE_AN_END for end in _ENDS]
    people.hold_forms(con, "end_forms", [[row[0] for row in con.execute(" union ".join(ends)).fetchall()]])


def _ways_of_ids() -> list[str]:
    """Keys of people by the parts of an id: alone, or beside the name."""
    alone = [
        f"select person_key from register where {PARTS[part].of_key} in (select {part} from wanted)" for part in ALONE
    ]
    named = [
        f"select r.person_key from register r semi join wanted w on w.name = r.name and w.{part} = {PARTS[part].of_key}"
        for part in BESIDE_THE_NAME
    ]
    return alone + named


def _ways_beside_an_end() -> list[str]:
    """Keys of people by a part of an id and the first or last character of the name, or hardly another id."""
    # a sign that is nothing in a folded name leaves open what the name begins or ends with
    agree = " or ".join(f"f_{end}.name is null or {end}(m.l.name, 1) = {end}(f_{end}.name, 1)" for end in _ENDS)
    forms = " ".join(f"left join end_forms f_{end} on f_{end}.written = {end}(m.r.name, 1)" for end in _ENDS)
    ends, fourteen = (f"select m.r.person_key from met_{part} m {forms} where {agree}" for part in BESIDE_AN_END)
    cards = (
        "select r.person_key from (select l, struct_insert(r, lunar := d.lunar) as r from met_ends m"
        f" left join lunar_days d on d.solar = m.r.birth) where {HARDLY_ANOTHER}"
    )
    return [fourteen, f"{ends} or m.l.name is null", cards]


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
        for end in _ENDS
    ]
    return [rare, *places, *births]
