"""All rules over a city, set-based: one pass over the members, one over the households."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import pyarrow as pa
from ibis import Value

from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.fields import BY_NAME, HOME, MEMBER
from shouwang.screening.checks.figures import figures_of
from shouwang.screening.checks.homes import flags, flags_read, home_sources, make_home_view
from shouwang.screening.checks.material import Material
from shouwang.screening.checks.members import TWICE, make_doubled, make_member_view
from shouwang.screening.checks.rule import Figures, Rule, Subject
from shouwang.screening.engine.duckdb import MEMORY_LIMIT
from shouwang.screening.intake import MACROS
from shouwang.screening.intake.cell_sql import parquet

UNKNOWN_COUNTY = "?"
Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Count:
    """How often a rule found something in a county, and how often it could not be judged."""

    findings: int = 0
    unknown: int = 0


@dataclass(frozen=True)
class Checked:
    """What the rules found.

    `counts`: rule code → county code (`?` where unknown) → count; a rule that was run is there even without findings.
    `not_run`: rule code → the fields it lacks. `findings`: one row per finding, by area, household and member.
    """

    material: Material
    figures: Figures
    counts: dict[str, dict[str, Count]]
    not_run: dict[str, tuple[str, ...]]
    findings: pa.Table
    households: int
    members: int

    def total(self, code: str) -> Count:
        """A rule over all counties."""
        counts = self.counts.get(code, {}).values()
        return Count(sum(c.findings for c in counts), sum(c.unknown for c in counts))


def check(material: Material, scratch: Path, step: Step = lambda *_: None, rules: Sequence[Rule] = RULES) -> Checked:
    """Run every rule whose fields there are. `scratch`: a folder inside CITY, for what does not fit into memory."""
    figures = figures_of(material.as_of)
    with closing(connect(scratch)) as con:
        step("成员", 0, 3)
        there = make_member_view(con, material)
        asked = {flag.name: flag.holds for flag in flags(figures) if _fields_of(flag.holds) <= there}
        sources = home_sources(con, material, asked)
        of_members = _Pass(con, rules, Subject.MEMBER, there, figures)
        of_homes = _Pass(con, rules, Subject.HOME, set(sources), figures)
        sources = {name: sources[name] for rule in of_homes.rules for name in rule.needs(figures)}
        read = flags_read(sources.values())
        asked = {name: holds for name, holds in asked.items() if name in read}
        _mark_members(con, of_members, asked, has_relation="is_head" in there)
        _mark_doubles(con, material, of_members, figures)
        step("户", 1, 3)
        make_home_view(con, material, sources, list(asked))
        _mark_homes(con, of_homes)
        step("汇总", 2, 3)
        return Checked(
            material=material,
            figures=figures,
            counts=of_members.counts("marks") | of_homes.counts("home_marks"),
            not_run=of_members.not_run | of_homes.not_run,
            findings=_findings(con, material, of_members, of_homes),
            households=_rows(con, "home_marks"),
            members=_rows(con, "marks"),
        )


def connect(scratch: Path) -> duckdb.DuckDBPyConnection:
    """The engine as the checks use it."""
    con = duckdb.connect(config={
        "memory_limit": MEMORY_LIMIT, "temp_directory": str(scratch / "spill"), "autoinstall_known_extensions": "false",
    })  # fmt: skip
    con.execute("set preserve_insertion_order = false")
    for macro in MACROS:
        con.execute(macro)
    return con


def _fields_of(condition: Any) -> set[str]:
    return {field.name for field in condition.op().find(ibis.expr.operations.Field)}


def _rows(con: duckdb.DuckDBPyConnection, table: str) -> int:
    ((rows,),) = con.execute(f"select count(*) from {table}").fetchall()
    return int(rows)


class _Pass:
    """The rules of one subject that can be run: conditions, bits, and what their marks come to."""

    def __init__(
        self, con: duckdb.DuckDBPyConnection, rules: Sequence[Rule], subject: Subject, there: set[str], figures: Figures
    ) -> None:
        mine = [rule for rule in rules if rule.subject is subject]
        self._con = con
        self.not_run = {r.code: lacks for r in mine if (lacks := tuple(n for n in r.needs(figures) if n not in there))}
        self.rules = [rule for rule in mine if rule.code not in self.not_run]
        self.conditions = {f"r{bit}": rule.condition(figures) for bit, rule in enumerate(self.rules)}

    @property
    def masks(self) -> str:
        """SQL of `found` and `unknown`: a bit for each rule, in their order."""
        bits = dict(enumerate(self.conditions))
        return f"{mask_of(bits)} as found, {unknown_mask_of(bits)} as unknown"

    def bits(self, mask: int) -> Iterator[Rule]:
        """The rules of a mask."""
        return (rule for bit, rule in enumerate(self.rules) if mask >> bit & 1)

    def counts(self, table: str) -> dict[str, dict[str, Count]]:
        """Rule → county → count."""
        area = "m.area_code" if table == "home_marks" else "h.area_code"
        joined = "" if table == "home_marks" else " left join home_marks h using (household_id)"
        rows = self._con.execute(
            f"select coalesce(left({area}, 6), '{UNKNOWN_COUNTY}') as county, m.found, m.unknown, count(*)"
            f" from {table} m{joined} where m.found <> 0 or m.unknown <> 0 group by all"
        ).fetchall()
        found: Counter[tuple[str, str]] = Counter()
        unknown: Counter[tuple[str, str]] = Counter()
        for county, found_mask, unknown_mask, rows_of_mask in rows:
            found.update({(rule.code, county): rows_of_mask for rule in self.bits(found_mask)})
            unknown.update({(rule.code, county): rows_of_mask for rule in self.bits(unknown_mask)})
        counts: dict[str, dict[str, Count]] = {rule.code: {} for rule in self.rules}
        for code, county in sorted(found.keys() | unknown.keys()):
            counts[code][county] = Count(found[code, county], unknown[code, county])
        return counts


def mask_of(columns: Mapping[int, str]) -> str:
    """A bit for each condition that is true. A CASE that adds is three times as fast as shifts."""
    zero = "0::bigint" if max(columns, default=0) > 30 else "0"
    return " + ".join([zero, *(f"(case when {c} then {1 << n} else 0 end)" for n, c in columns.items())])


def unknown_mask_of(columns: Mapping[int, str]) -> str:
    """A bit for each condition that is null."""
    return mask_of({bit: f"{column} is null" for bit, column in columns.items()})


def _mark_members(con: duckdb.DuckDBPyConnection, of: _Pass, asked: Mapping[str, Value], *, has_relation: bool) -> None:
    """`marks`: one row per member with the bits of the rules, and of what is asked for the household."""
    members: Any = MEMBER
    told = {f"flag_{bit}": holds for bit, holds in enumerate(asked.values())}
    class_of = {"head": members.is_head, "spouse": members.is_spouse} if has_relation else {}
    chosen = members.select("household_id", "member_no", "person_key", **of.conditions, **told, **class_of)
    counted = {name: f"coalesce({name}, false)::utinyint" if class_of else "0" for name in ("head", "spouse")}
    heads = ", ".join(f"{sql} as {name}" for name, sql in counted.items())
    bits = dict(enumerate(told))
    con.execute(
        f"create temp table marks as select household_id, member_no, person_key, {heads}, {of.masks},"
        f" {mask_of(bits)} as yes, {unknown_mask_of(bits)} as perhaps from ({ibis.to_sql(chosen, dialect='duckdb')})"
    )


def _mark_doubles(con: duckdb.DuckDBPyConnection, material: Material, of: _Pass, figures: Figures) -> None:
    """Rules on ids that stand twice: only of these few rows more is known than that they stand once."""
    late = {bit: rule for bit, rule in enumerate(of.rules) if set(rule.needs(figures)) & set(TWICE)}
    if not late:
        return
    make_doubled(con, material)
    chosen = MEMBER.select("member_no", **{f"r{bit}": rule.condition(figures) for bit, rule in late.items()})
    con.execute(
        "update marks set found = marks.found | d.found from (with member_fields as (from doubled)"
        f" select member_no, {mask_of({bit: f'r{bit}' for bit in late})} as found"
        f" from ({ibis.to_sql(chosen, dialect='duckdb')})) d where marks.member_no = d.member_no and d.found <> 0"
    )


def _mark_homes(con: duckdb.DuckDBPyConnection, of: _Pass) -> None:
    """`home_marks`: one row per household with the bits of the rules."""
    chosen = HOME.select("household_id", "area_code", **of.conditions)
    con.execute(
        f"create temp table home_marks as select household_id, area_code, {of.masks}"
        f" from ({ibis.to_sql(chosen, dialect='duckdb')})"
    )


def _findings(con: duckdb.DuckDBPyConnection, material: Material, of_members: _Pass, of_homes: _Pass) -> pa.Table:
    """One row per finding: area_code, household_id, member (its place in the household; null of a household),
    relation, row (its row in the register), rule.
    """
    _number_rules(con, "member_rules", of_members.rules)
    _number_rules(con, "home_rules", of_homes.rules)
    members = parquet(material.register / "members.parquet", numbered=True)
    relation = "p.relation::varchar" if "relation" in material.columns["members"] else "null::varchar"
    return con.sql(
        "with homes as (select household_id from marks where found <> 0),"
        " places as (select member_no, row_number() over (partition by household_id order by member_no) as place"
        " from marks semi join homes using (household_id)),"
        f" told as (select m.household_id, m.member_no, m.found, {relation} as relation from marks m"
        f" join {members} p on p.file_row_number + 1 = m.member_no where m.found <> 0),"
        " all_found as (select t.household_id, l.place, t.relation, t.member_no, r.code, r.place as rule_place"
        " from told t join places l using (member_no) join member_rules r on (t.found >> r.bit) & 1 = 1"
        " union all select h.household_id, null, null, null, r.code, r.place"
        " from home_marks h join home_rules r on (h.found >> r.bit) & 1 = 1)"
        " select coalesce(h.area_code, '') as area_code, f.household_id, f.place::int as member, f.relation,"
        " f.member_no::bigint as row, f.code as rule from all_found f left join home_marks h using (household_id)"
        " order by area_code, household_id, member nulls first, rule_place"
    ).to_arrow_table()


def _number_rules(con: duckdb.DuckDBPyConnection, table: str, rules: Sequence[Rule]) -> None:
    con.execute(f"create temp table {table} (bit bigint, code varchar, place bigint)")
    for bit, rule in enumerate(rules):
        con.execute(f"insert into {table} values (?, ?, ?)", [bit, rule.code, RULES.index(rule)])


def lacking(fields: Sequence[str]) -> str:
    """What is missing, in words."""
    return "、".join(dict.fromkeys(BY_NAME[name].zh for name in fields))
