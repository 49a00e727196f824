"""The fields of households: what their members come to, and what register, lists, run and measures say of them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
from ibis import Value

from shouwang.screening.checks.fields import HOME_FIELDS, MEMBER
from shouwang.screening.checks.listed import listed_homes
from shouwang.screening.checks.material import Material
from shouwang.screening.checks.rule import Figures
from shouwang.screening.intake.cell_sql import parquet

DEVELOPMENT, GUARANTEE = "开发式", "综合保障"
NOT_STARTED = "尚未实施"
JOB_MEASURES = ("就业帮扶", "公益岗位帮扶")
PARTS = ("wage", "business", "property", "transfer")
TOLD = ("wage", "business", "business_cost")
"""Parts that rules read by themselves."""


_NEWEST = (
    "((window_to - date '1970-01-01') * 100000 + (collected_on - date '1970-01-01')) * 2000000000"
    " - least(greatest(coalesce(net_fen, 0) + 500000000, 0), 1999999999)"
)
"""One whole number that orders figures by window, collection, and the lower figure last: much faster than three."""


@dataclass(frozen=True)
class Flag:
    """Something that is so for a household when it is so for any member; unknown when it may be."""

    name: str
    holds: Value


def flags(figures: Figures) -> tuple[Flag, ...]:
    """What is asked of every member in the same pass as the rules."""
    m: Any = MEMBER
    head, spouse = m.is_head, m.is_spouse
    of_age = m.age.between(figures.labour_age_from, figures.labour_age_to)
    child = m.age.between(figures.compulsory_age_from, figures.compulsory_age_to)
    uninsured = ~m.resident_insured & ~m.employee_insured
    return (
        Flag("head", head),
        Flag("head_male", head & (m.sex == "男")),
        Flag("head_female", head & (m.sex == "女")),
        Flag("spouse_male", spouse & (m.sex == "男")),
        Flag("spouse_female", spouse & (m.sex == "女")),
        Flag("any_sick", m.is_sick),
        Flag("any_disabled", m.is_disabled),
        Flag("any_pupil", m.at_school),
        Flag("any_able", m.can_work),
        Flag("any_able_of_age", m.can_work & of_age),
        Flag("any_working", (m.months_written & (m.months_worked > 0)) | m.work_place_written),
        Flag("any_dibao_member", m.dibao_member),
        Flag("any_dropped_out", m.dropped_out & child),
        Flag("any_sick_uninsured", m.is_sick & uninsured),
    )


def home_sources(con: duckdb.DuckDBPyConnection, material: Material, known_flags: Iterable[str]) -> dict[str, str]:
    """The SQL of every field of households that the files at hand bring; makes the tables that it reads."""
    known = frozenset(known_flags)
    listed = listed_homes(con, material)
    fields = {field.name for field in HOME_FIELDS}
    return (
        {name: f"l.{name}" for name in sorted(listed & fields)}
        | _register_columns(material)
        | {name: _flag(name) for name in sorted(known & fields)}
        | (
            {"has_head": _flag("head"), "heads": _number("heads"), "spouses": _number("spouses")}
            if "head" in known
            else {}
        )
        | _income_columns(con, material, listed)
        | _dated_columns(con, material, listed)
        | _guarantee_columns(material, listed, known)
        | _measure_columns(con, material)
    )


def flags_read(sources: Iterable[str]) -> frozenset[str]:
    """The flags that this SQL reads."""
    return frozenset(name for sql in sources for name in re.findall(r"c\.is_(\w+)", sql))


def make_home_view(
    con: duckdb.DuckDBPyConnection, material: Material, sources: Mapping[str, str], flags_of: Sequence[str]
) -> None:
    """Make the view `home_fields`, one row per household. `flags_of`: the flags of `marks`, in the order of bits."""
    told = {
        name: f"case when bit_or(yes) & {1 << bit} <> 0 then true when bit_or(perhaps) & {1 << bit} = 0 then false end"
        for bit, name in enumerate(flags_of)
    }
    con.execute(
        "create temp table counted as select household_id, count(*) as members, sum(head) as heads,"
        f" sum(spouse) as spouses{''.join(f', {sql} as is_{name}' for name, sql in told.items())}"
        " from marks group by household_id"
    )
    columns = ", ".join(f"({sources.get(f.name, 'null')})::{_duck(f.kind)} as {f.name}" for f in HOME_FIELDS)
    whole = " ".join(sources.values())
    joins = [f" left join {table} on {on} = h.household_id::varchar" for alias, table, on in (
        ("c.", "counted c", "c.household_id"), ("i.", "newest_incomes i", "i.household_id"),
        ("l.", "listed_homes l", "l.household_id"), ("s.", "measured s", "s.household_id"),
        ("r.", f"{parquet(material.facts)} r" if material.facts else "", "r.household_id"),
    ) if table and alias in whole]  # fmt: skip
    helpers = " left join helpers g on g.k = l.helper_key" if "g." in whole else ""
    con.execute(
        "create view home_fields as select h.household_id::varchar as household_id, h.area_code::varchar as area_code,"
        f" {columns} from {parquet(material.register / 'households.parquet')} h{''.join(joins)}{helpers}"
    )


def _duck(kind: str) -> str:
    return {"string": "varchar", "int64": "bigint"}.get(kind, kind)


def _flag(name: str) -> str:
    """A flag of a household: unknown where it may be, false where nobody lives."""
    return f"case when c.household_id is null then false else c.is_{name} end"


def _number(name: str) -> str:
    return f"coalesce(c.{name}, 0)"


def _register_columns(material: Material) -> dict[str, str]:
    columns = {"members": _number("members")}
    present = material.columns["households"]
    if "register" in present:
        columns["register"] = "h.register"
    if "phone" in present:
        bare = "regexp_replace(h.phone::varchar, '^\\+?86|[ \\-]', '', 'g')"
        columns["phone_length"] = (
            f"case when strlen(h.phone::varchar) = 11 and try_cast(h.phone::varchar as bigint) >= 10000000000 then 11"
            f" when trim(h.phone::varchar) <> '' then"
            f" case when regexp_full_match({bare}, '[0-9]+') then length({bare}) else 0 end end"
        )
    return columns


def _income_columns(con: duckdb.DuckDBPyConnection, material: Material, listed: set[str]) -> dict[str, str]:
    """The newest window as collected last; of one day the lower (docs/facts.md R14). Units: fen; 元 per person."""
    present = material.columns["incomes"]
    parts = [name for name in (*PARTS, "business_cost") if name in present]
    fen = {name: f"(try_cast({name} as decimal(18, 2)) * 100)::bigint" for name in parts}
    whole = len(parts) == len(PARTS) + 1
    net = "+".join(fen[name] for name in PARTS) + f"-{fen['business_cost']}" if whole else "null::bigint"
    if "net_income" in present:
        net = f"coalesce({net}, (try_cast(net_income as decimal(18, 2)) * 100)::bigint)"
    day = f"date '{material.as_of}'"
    told = {**{name: fen[name] for name in TOLD if name in parts}, "net_fen": "net_fen"}
    con.execute(
        "create temp table newest_incomes as with dated as (select household_id::varchar as household_id,"
        f" window_to::date as window_to, collected_on::date as collected_on,"
        f" {', '.join([*parts, f'{net} as net_fen'])}"
        f" from {parquet(material.register / 'incomes.parquet')}"
        f" where window_to::date <= {day} and collected_on::date <= {day}),"
        f" keyed as (select household_id, {_NEWEST} as key,"
        f" {', '.join(f'{sql} as {name}' for name, sql in told.items())} from dated)"
        f" select household_id, {', '.join(f'arg_max_null({name}, key) as {name}' for name in told)}"
        " from keyed group by household_id"
    )
    columns: dict[str, str] = {name: f"i.{name}" for name in TOLD if name in parts}
    own = "i.net_fen / 100.0 / nullif(c.members, 0)"
    if whole or "net_income" in present:
        columns["income_per_person"] = own
    if "listed_income_per_person" in listed:
        columns["income_per_person"] = f"coalesce(l.listed_income_per_person, {own})"
    return columns


def _dated_columns(con: duckdb.DuckDBPyConnection, material: Material, listed: set[str]) -> dict[str, str]:
    """What the lists say only together with the day, or with the register."""
    columns = {}
    if "risk_identified" in listed:
        columns["months_identified"] = _full_months("l.risk_identified", f"date '{material.as_of}'")
    if "helper_key" in listed:
        con.execute(
            "create temp table helpers as select distinct id_key(m.id_number) as k from raw_members m"
            f" join {parquet(material.register / 'households.parquet')} h on h.household_id::varchar = m.household_id"
            " where h.register in ('exited', 'registered') and k is not null"
        )
        columns["helper_registered"] = "case when l.helper_key is not null then g.k is not null end"
    return columns


def _full_months(earlier: str, later: str) -> str:
    """Whole months between two days, two month ends being whole months apart (terms/period.py)."""

    def months(day: str) -> str:
        return f"(year({day}) * 12 + month({day}) - (last_day({day}) <> {day})::int)"

    def days(day: str) -> str:
        return f"(case when last_day({day}) = {day} then 0 else day({day}) end)"

    return f"{months(later)} - {months(earlier)} - ({days(later)} < {days(earlier)})::int"


def _either(*told: str) -> str:
    """True where one source says so, false where one says no and none yes."""
    return f"coalesce({' or '.join(f'({one})' for one in told)}, {', '.join(told)})" if told else "null"


def _guarantee_columns(material: Material, listed: set[str], known_flags: frozenset[str]) -> dict[str, str]:
    """What a run found, and what the lists say."""
    told: dict[str, list[str]] = {
        "house_unsafe": [f"l.{n}" for n in ("listed_house_unsafe", "listed_house_grade") if n in listed],
        "water_unsafe": ["l.listed_water_unsafe"] if "listed_water_unsafe" in listed else [],
        "child_out_of_school": [_flag("any_dropped_out")] if "any_dropped_out" in known_flags else [],
        "sick_uninsured": [_flag("any_sick_uninsured")] if "any_sick_uninsured" in known_flags else [],
    }
    if material.facts:
        told["house_unsafe"].append("r.housing_grade in ('C', 'D')")
        told["water_unsafe"].append("not r.water_safe")
        told["child_out_of_school"].append("r.out_of_school > 0")
        if "any_sick" in known_flags:
            # The run says how many are uninsured, not who: all of them, or nobody.
            sick = _flag("any_sick")
            told["sick_uninsured"].append(
                f"case when r.uninsured_members = 0 or not ({sick}) then false"
                f" when r.uninsured_members >= c.members and ({sick}) then true end"
            )
    return {name: _either(*(f"({one})" for one in sources)) for name, sources in told.items() if sources}


def _measure_columns(con: duckdb.DuckDBPyConnection, material: Material) -> dict[str, str]:
    """Measures by kind; a household without a row has none."""
    if not material.measures:
        return {}
    counts = {
        "measures": "count(*)",
        "development_measures": _counted("kind", f"kind = '{DEVELOPMENT}'"),
        "guarantee_measures": _counted("kind", f"kind = '{GUARANTEE}'"),
        "measures_not_started": _counted("status", f"status = '{NOT_STARTED}'"),
        "job_measures": _counted("measure", f"measure in {JOB_MEASURES}"),
    }
    counted = ", ".join(f"{sql} as {name}" for name, sql in counts.items())
    con.execute(
        f"create temp table measured as select household_id::varchar as household_id, {counted}"
        f" from {parquet(material.measures)} group by 1"
    )
    return {name: f"case when s.household_id is null then 0 else s.{name} end" for name in counts}


def _counted(column: str, holds: str) -> str:
    """How many rows; unknown where none is known to and some row does not say."""
    number = f"count(*) filter ({holds})"
    return f"case when {number} > 0 or count(*) = count({column}) then {number} end"
