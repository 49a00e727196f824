"""What the national lists of an import say, member by member and household by household."""

from collections.abc import Iterable
from dataclasses import dataclass

import duckdb

from shouwang.screening.checks.material import Material
from shouwang.screening.intake.cell_sql import agreed, filled, parquet, typed
from shouwang.screening.intake.stored_lists import StoredList

WITH_CARD = (20, 22)
"""Digits of an id number that is a disability card's."""
NOT_MONITORED = ("非监测对象", "脱贫不享受政策户")
UNSAFE_GRADES = ("C", "D")


@dataclass(frozen=True)
class ListField:
    """A field the lists bring: the columns it is made of (one is enough), and the SQL over their aggregates.

    In the SQL stand `<column>` (what all rows say that say anything) and `<column>_filled`.
    """

    name: str
    kind: str
    columns: tuple[str, ...]
    sql: str


def _yes(name: str, column: str) -> ListField:
    return ListField(name, "boolean", (column,), f"{column} = '是'")


def _written(name: str, *columns: str) -> ListField:
    return ListField(name, "boolean", columns, " or ".join(f"{column}_filled" for column in columns))


def _number(name: str) -> ListField:
    return ListField(name, "decimal(18, 2)", (name,), name)


MEMBER_LIST_FIELDS = (
    _number("months_worked"),
    _written("months_written", "months_worked"),
    _written("work_place_written", "work_place"),
    _written("disability_card_written", "disability_card", "disability_kind", "disability_card_year"),
    _yes("dibao_member", "dibao_member"),
    _yes("resident_insured", "resident_insured"),
    _yes("employee_insured", "employee_insured"),
    ListField(
        "dropped_out",
        "boolean",
        ("dropout_reason",),
        "dropout_reason_filled and coalesce(not regexp_matches(dropout_reason, '健康|病|残|^无$|^否$'), false)",
    ),
)


def _text(name: str) -> ListField:
    """A text; '' where everybody left it empty."""
    return ListField(name, "varchar", (name,), f"case when {name}_filled then {name} else '' end")


_ATTRIBUTE = "coalesce(household_attribute_text, household_type)"


def _attribute(name: str, pattern: str) -> ListField:
    """Whether a household is of this kind. Unknown: its type says nothing of it, as 脱贫户 alone does not."""
    told = f"regexp_matches({_ATTRIBUTE}, '{pattern}')"
    sql = f"case when {told} then true when regexp_matches({_ATTRIBUTE}, '低保|特困|五保|一般') then false end"
    return ListField(name, "boolean", ("household_attribute_text", "household_type"), sql)


HOME_LIST_FIELDS = (
    _text("cause_main"),
    _text("cause_others"),
    _written("cause_written", "cause_main"),
    _written("electricity_written", "electricity"),
    _written("road_written", "road", "road_km"),
    _written("water_written", "water_solved"),
    _written("housing_area_written", "housing_area"),
    *(_number(name) for name in ("housing_area", "farmland", "woodland", "road_km", "dibao_money", "wubao_money")),
    _attribute("is_dibao_home", "低保"),
    _attribute("is_wubao_home", "特困|五保"),
    _written("helper_written", "helper_name", "helper_id"),
    ListField(
        "monitored",
        "boolean",
        ("monitor_type",),
        f"case when monitor_type_filled then monitor_type not in {NOT_MONITORED} else false end",
    ),
    _written("identified_written", "risk_identified"),
    _written("risk_written", "risks"),
    _yes("risk_removed", "risk_removed"),
    _written("income_written", "income_per_person"),
    ListField("listed_income_per_person", "decimal(18, 2)", ("income_per_person",), "income_per_person"),
    ListField("risk_identified", "date", ("risk_identified",), "risk_identified"),
    ListField("helper_key", "bigint", ("helper_id",), "id_key(helper_id)"),
    ListField("listed_water_unsafe", "boolean", ("water_solved",), "water_solved = '否'"),
    ListField("listed_house_unsafe", "boolean", ("dangerous_house",), "dangerous_house = '是'"),
    ListField("listed_house_grade", "boolean", ("house_grade",), f"upper(left(house_grade, 1)) in {UNSAFE_GRADES}"),
)
GUARANTEES = ("schooling_guaranteed", "medicine_guaranteed", "housing_guaranteed", "water_guaranteed")


def listed_members(con: duckdb.DuckDBPyConnection, material: Material) -> tuple[list[str], set[str]]:
    """Make `listed_members` where there are lists of people. Answers columns over it (`l`), and which fields exist."""
    made, found = _make(con, material, "listed_members", ("household_id", "person_id"), MEMBER_LIST_FIELDS)
    columns = [f"l.{f.name}" if made and f.name in found else f"null::{f.kind} as {f.name}" for f in MEMBER_LIST_FIELDS]
    if "disability_card_written" in found:
        place = [f.name for f in MEMBER_LIST_FIELDS].index("disability_card_written")
        card = f"coalesce(length(trim(r.id_number)) in {WITH_CARD}, false)"
        columns[place] = f"(l.disability_card_written or {card}) as disability_card_written"
    return columns, found


def listed_homes(con: duckdb.DuckDBPyConnection, material: Material) -> set[str]:
    """Make `listed_homes` where there are lists. Answers which fields exist."""
    there = _present(material.lists.values())
    guarantees = [name for name in GUARANTEES if name in there]
    extra = (
        ListField("guarantees_written", "boolean", tuple(guarantees), " and ".join(f"{n}_filled" for n in guarantees)),
    )
    _, found = _make(con, material, "listed_homes", ("household_id",), HOME_LIST_FIELDS + extra)
    return found


def _make(
    con: duckdb.DuckDBPyConnection, material: Material, view: str, keys: tuple[str, ...], fields: tuple[ListField, ...]
) -> tuple[bool, set[str]]:
    """A table of the fields some list has columns for, one row per key."""
    lists = [stored for stored in material.lists.values() if len(keys) == 1 or not _is_of_homes(stored)]
    wanted = {column for field in fields for column in field.columns}
    there = _present(lists) & wanted
    found = {field.name for field in fields if set(field.columns) & there}
    if not found:
        return False, set()
    selects = [_rows(con, stored, keys, sorted(there)) for stored in lists]
    per_key = ", ".join(
        f"{agreed(column)} as {column}, coalesce(bool_or({column}_filled), false) as {column}_filled"
        for column in sorted(wanted)
    )
    missing = ", ".join(f"null as {c}, null::boolean as {c}_filled" for c in sorted(wanted - there))
    rows = f"select *{', ' + missing if missing else ''} from ({' union all by name '.join(selects)})"
    columns = ", ".join(f"({field.sql})::{field.kind} as {field.name}" for field in fields if field.name in found)
    con.execute(
        f"create temp table {view} as with rows as ({rows}), said as (select {', '.join(keys)}, {per_key} from rows"
        f" group by {', '.join(keys)}) select {', '.join(keys)}, {columns} from said"
    )
    return True, found


def _is_of_homes(stored: StoredList) -> bool:
    return "person_id" not in {column.name for column in stored.columns.values()}


def _present(lists: Iterable[StoredList]) -> set[str]:
    names = {column.name for stored in lists for column in stored.columns.values()}
    return names | ({"household_attribute_text"} if "household_attribute" in names else set())


def _rows(con: duckdb.DuckDBPyConnection, stored: StoredList, keys: tuple[str, ...], wanted: list[str]) -> str:
    """The wanted columns of one list, typed; a row that nobody could use is left out."""
    source = parquet(stored.path)
    selected = list(keys)
    for cell, column in stored.columns.items():
        if column.name in wanted:
            selected += [
                f"{typed(con, source, cell, column)} as {column.name}",
                f"{filled(cell)} as {column.name}_filled",
            ]
        if column.name == "household_attribute" and "household_attribute_text" in wanted:
            selected += [f"nullif(trim({cell}), '') as household_attribute_text",
                         f"{filled(cell)} as household_attribute_text_filled"]  # fmt: skip
    return f"select {', '.join(selected)} from {source} where used"
