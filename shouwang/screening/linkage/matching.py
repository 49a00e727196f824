"""The rows of a run that the exact id leaves over: people's decisions, then likeness; what came of it stays in CITY.

Rows about a person hold in `written` what their file says of the person, where their id leads to nobody, or to somebody
of another name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from shouwang.screening.intake.cell_sql import parquet
from shouwang.screening.intake.folding import quoted
from shouwang.screening.intake.left_over import SEPARATOR, WRITTEN
from shouwang.screening.linkage import decisions, people, residue
from shouwang.screening.linkage.bands import Band, settle
from shouwang.screening.linkage.comparisons import names_differ
from shouwang.screening.linkage.model import Model
from shouwang.screening.linkage.residue import Residue

WRITE = "(format parquet, compression zstd, row_group_size 122880)"
BY_LIKENESS, BY_DECISION, OF_HOUSEHOLD = "likeness", "decision", "of_household"
"""How an identity was linked; `of_household`: the id is that of somebody else in the household of the named."""


@dataclass(frozen=True)
class Source:
    """A dataset's typed and linked rows, and which of their columns are money."""

    code: str
    path: Path
    amounts: tuple[str, ...]


@dataclass(frozen=True)
class Matching:
    """What became of the residue."""

    con: duckdb.DuckDBPyConnection | None
    """Tables `rows`, `identities`, `settled` …; none where nothing was left over."""
    residue: Residue | None
    fates: pa.Table
    """Shape: what is `written`, `band` linked or doubtful; what is not here was not linked."""
    changed: frozenset[str]
    """Datasets whose typed rows were written again."""
    counts: Mapping[str, int]
    """Rows by what became of them."""


COUNTED = ("linked_by_likeness", "linked_by_decision", "of_household", "doubtful", "not_linked")
FATES = pa.schema([("written", pa.string()), ("band", pa.string())])
NOTHING = Matching(None, None, FATES.empty_table(), frozenset(), dict.fromkeys((*COUNTED, "against_decision"), 0))


@dataclass(frozen=True)
class Register:
    """The register as typed files (see `intake.register`)."""

    households: Path
    members: Path
    people: Path
    folder: Path
    """As it lies in CITY."""


def match(sources: Iterable[Source], register: Register, villages: pa.Table, *, city: Path, scratch: Path) -> Matching:
    """Link what is left over and write it into the typed rows. `villages`: code and names of county, town, village."""
    known = list(sources)
    con = residue.connect(scratch)
    _gather(con, known)
    if not con.execute("select count(*) from rows").fetchall()[0][0]:
        con.close()
        return NOTHING
    found = link_rows(con, register, villages, city=city)
    changed = frozenset(source.code for source in known if _write_back(con, source))
    fates = con.sql("select written, band from fates").to_arrow_table()
    return Matching(con, found, fates, changed, _counts(con))


def link_rows(
    con: duckdb.DuckDBPyConnection, register: Register, villages: pa.Table, *, city: Path, model: Model | None = None
) -> Residue | None:
    """Table `rows` (household_no, person_key, written and its parts) → table `fates`: written → whom it means."""
    _take_register(con, register)
    _take_identities(con)
    _take_homes(con, register, villages)
    _replay(con, register, city)
    found = _of_likeness(con, model)
    _of_household(con)
    _conclude(con)
    return found


def _gather(con: duckdb.DuckDBPyConnection, sources: list[Source]) -> None:
    """Table `rows`: every row left over, what is written of its person taken apart."""
    parts = []
    for source in sources:
        amount = " + ".join(f"coalesce(abs({column}), 0)" for column in source.amounts) or "0"
        parts.append(
            f"select '{source.code}' as dataset, file_row_number as place, person_key, household_no,"
            f" ({amount})::bigint as amount, written, string_split(written, '{SEPARATOR}') as cells"
            f" from {parquet(source.path, numbered=True)}"
            " where written is not null and faults = 0"
        )
    cells = ", ".join(f"nullif(cells[{place}], '') as {cell}" for place, cell in enumerate(WRITTEN, 1))
    con.execute(f"create temp table rows as select * exclude (cells), {cells} from ({' union all '.join(parts)})")


def _take_register(con: duckdb.DuckDBPyConnection, register: Register) -> None:
    """Table `register`: everybody an id leads to."""
    con.execute(
        "create temp table register as with"
        f" known as (select * from {parquet(register.members)} where person_key is not null"
        "  and household_no is not null),"
        f" gone as (select p.*, k.name from known k join {parquet(register.people)} p"
        "  using (person_key, household_no) where not k.active)"
        " select person_key, household_no, name from known where active"
        " union all select person_key, household_no, any_value(name)"
        " from gone anti join (from known where active) using (person_key) group by all"
    )


def _take_homes(con: duckdb.DuckDBPyConnection, register: Register, villages: pa.Table) -> None:
    """Table `homes`: telephone, head and village of every household; only where rows say any of that."""
    says = con.execute("select count(coalesce(phone, head, area, address)) from identities").fetchall()[0][0]
    con.register("villages", villages)
    homes = parquet(register.folder / "households.parquet")
    con.execute(
        "create temp table homes as select n.household_no, h.phone, m.name as head, v.village_name as area,"
        f" concat(v.county_name, v.town_name, v.village_name) as address from {homes} h"
        f" join {parquet(register.households)} n using (household_id)"
        " left join villages v on v.code = h.area_code"
        f" left join {parquet(register.folder / 'members.parquet')} m on m.person_id = h.head_person_id"
        f" and m.household_id = h.household_id where {bool(says)}"
    )


def _take_identities(con: duckdb.DuckDBPyConnection) -> None:
    """Table `identities`: what is to be linked.

    A name alone is not: it may be anybody's. A sound id of nobody in the register is mostly a stranger's: it is looked
    at only where somebody of that name has an id of the same county and order, as on an older card.
    """
    con.execute(
        f"create temp table named as select written, {', '.join(WRITTEN)},"
        " case when head_of_id(plain_id(id_number)) is null then id_key(id_number) end as key from rows"
        " where household_no is null and name is not null"
        " and coalesce(id_number, birth_date, phone, village, address) is not null group by all"
    )
    con.execute(
        "create temp table identities as with cards as (select written, name, key from named where id_sound(key)),"
        " older as (select distinct c.written from cards c join register r on r.name = c.name"
        " and r.person_key // 11 // 100000000000 = c.key // 11 // 100000000000"
        " and r.person_key // 11 % 1000 = c.key // 11 % 1000)"
        " select row_number() over (order by written) as row, * exclude (key, head_name, village),"
        " head_name as head, village as area from named"
        " where not coalesce(id_sound(key), false) or written in (from older)"
    )


def _replay(con: duckdb.DuckDBPyConnection, register: Register, city: Path) -> None:
    """Tables `same` and `others` (fingerprint, person_key) and `contradictory` (fingerprint), as people decided."""
    decided = decisions.replayed(decisions.read_decisions(city))
    ids = {"same": list(decided.same.items()), "others": sorted(decided.others)}
    for name, pairs in ids.items():
        columns = {"fingerprint": [p[0] for p in pairs], "person_id": [p[1] for p in pairs]}
        told = pa.table({key: pa.array(values, pa.string()) for key, values in columns.items()})
        con.register(f"{name}_told", told)
        members = parquet(register.folder / "members.parquet")
        con.execute(
            f"create temp table {name} as select distinct t.fingerprint, r.person_key from {name}_told t"
            f" join {members} m using (person_id) join register r on r.person_key = id_key(m.id_number)"
            if pairs
            else f"create temp table {name} (fingerprint varchar, person_key bigint)"
        )
    con.register("contradictory", pa.table({"fingerprint": pa.array(sorted(decided.contradictory), pa.string())}))


def _of_likeness(con: duckdb.DuckDBPyConnection, model: Model | None) -> Residue | None:
    """Tables `settled` and `fingerprints`: what people decided stands; the rest by likeness."""
    if not con.execute("select count(*) from identities").fetchall()[0][0]:
        con.execute(
            "create temp table settled"
            " (row_l bigint, row_r bigint, share double, place bigint, band varchar, way varchar)"
        )
        con.execute("create temp table against_decision (row_l bigint)")
        return None
    found = residue.link(con, model)
    fingerprint = decisions.FINGERPRINT.format(t="l")
    con.execute(f"create temp table fingerprints as select row, {fingerprint} as fingerprint from left_people l")
    con.execute(
        "create temp table open_pairs as select s.* from scored s join fingerprints f on f.row = s.row_l"
        " anti join others o on o.fingerprint = f.fingerprint and o.person_key = s.row_r"
    )
    settle(con, "open_pairs", "by_likeness", names_differ=names_differ(residue.FIELDS))
    _overlay_decisions(con)
    return found


def _overlay_decisions(con: duckdb.DuckDBPyConnection) -> None:
    """A decision stands before any likeness; likeness that speaks against it is told (`against_decision`)."""
    con.execute(
        "create temp table decided as select f.row as row_l, s.person_key as row_r from fingerprints f"
        " join same s using (fingerprint)"
    )
    con.execute(
        "create temp table against_decision as select b.row_l from by_likeness b join decided d using (row_l)"
        f" where b.band = '{Band.LINKED}' and b.row_r <> d.row_r"
    )
    con.execute(
        "create temp table settled as select d.row_l, d.row_r, 1.0::double as share, 1::bigint as place,"
        f" '{Band.LINKED}' as band, '{BY_DECISION}' as way, p.* exclude (row_l, row_r)"
        " from decided d left join open_pairs p on p.row_l = d.row_l and p.row_r = d.row_r"
        f" union all by name select b.*, '{BY_LIKENESS}' as way from by_likeness b anti join decided d using (row_l)"
    )
    con.execute(
        f"update settled set band = '{Band.DOUBTFUL}' where row_l in"
        " (select f.row from fingerprints f join contradictory c using (fingerprint))"
    )


def _of_household(con: duckdb.DuckDBPyConnection) -> None:
    """Table `of_household`: rows whose id is somebody else's in the household of the one they name."""
    con.execute(
        "create temp table other_names as select distinct written, name, person_key, household_no from rows"
        " where household_no is not null and name is not null"
    )
    con.execute("create temp table mates as from register semi join other_names using (household_no)")
    spelled = con.execute("select name from other_names union select name from mates where name is not null").fetchall()
    people.hold_forms(con, "forms_of_mates", [[row[0] for row in spelled]])
    con.execute(
        "create temp table of_household as with namesakes as (select o.written, h.person_key, h.household_no,"
        " count(*) over (partition by o.written) as n from other_names o join forms_of_mates f on f.written = o.name"
        " join mates h on h.household_no = o.household_no and h.person_key <> o.person_key"
        " join forms_of_mates g on g.written = h.name and g.name = f.name"
        " join mates owner on owner.person_key = o.person_key join forms_of_mates k on k.written = owner.name"
        " and k.name <> f.name) select written, person_key, household_no from namesakes where n = 1"
    )


def _conclude(con: duckdb.DuckDBPyConnection) -> None:
    """Table `fates`: what is written → band, person and way."""
    con.execute(
        "create temp table fates as select i.written, s.band,"
        " case when s.band = 'linked' then r.person_key end as person_key,"
        " case when s.band = 'linked' then r.household_no end as household_no, s.way"
        " from identities i join settled s on s.row_l = i.row and s.place = 1 join register r on r.person_key = s.row_r"
        f" union all select written, '{Band.LINKED}', person_key, household_no, '{OF_HOUSEHOLD}' from of_household"
    )


def _write_back(con: duckdb.DuckDBPyConnection, source: Source) -> bool:
    """The typed rows again, with the people found; says whether there are any."""
    found = con.execute(
        "select count(*) from rows join fates f using (written)"
        f" where dataset = '{source.code}' and f.band = '{Band.LINKED}'"
    ).fetchall()
    if not found[0][0]:
        return False
    fresh = source.path.with_suffix(".matched")
    con.execute("set preserve_insertion_order = false")
    con.execute(
        "copy (select t.* replace (coalesce(f.person_key, t.person_key) as person_key,"
        " coalesce(f.household_no, t.household_no) as household_no)"
        f" from {parquet(source.path)} t"
        f" left join (from fates where band = '{Band.LINKED}') f on f.written = t.written)"
        f" to {quoted(str(fresh))} {WRITE}"
    )
    fresh.replace(source.path)
    return True


def _counts(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    told = dict(
        con.execute(
            "select case when f.band = 'doubtful' then 'doubtful' when f.way = 'of_household' then f.way"
            " when f.band = 'linked' then 'linked_by_' || f.way when r.household_no is null then 'not_linked' end,"
            " count(*) from rows r left join fates f using (written) group by 1"
        ).fetchall()
    )
    against = con.execute("select count(*) from against_decision").fetchall()[0][0]
    return {name: int(told.get(name, 0)) for name in COUNTED} | {"against_decision": int(against)}
