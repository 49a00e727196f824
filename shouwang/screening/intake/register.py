"""The register of the month → typed Parquet: households, members and incomes by household number."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import Table, Value

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.identity import is_sound, person_key
from shouwang.screening.intake.survey import REGISTER_TABLES
from shouwang.terms.errors import DataError, Fault

COLUMNS = {
    "households": ("household_id", "area_code", "register", "head_person_id"),
    "members": (
        "person_id", "household_id", "name", "id_number", "relation", "birth_date", "in_school", "labour",
        "since", "until",
    ),
    "incomes": (
        "household_id", "window_from", "window_to", "wage", "business", "property", "transfer", "business_cost",
        "collected_on", "source",
    ),
}  # fmt: skip
REGISTERS = ("exited", "registered", "general")
HEADS = ("户主", "本人或户主", "本人")
LABOUR_HALVES = {
    **dict.fromkeys(("普通劳动力", "技能劳动力", "普通", "技能"), 2),
    **dict.fromkeys(("弱劳动力或半劳动力", "弱/半劳动力", "弱劳动力", "半劳动力"), 1),
    **dict.fromkeys(("丧失劳动力", "散失劳动力", "无劳动力", "丧失", "无"), 0),
}
"""Labour label → halves of a worker (design.md §4)."""
SetApart = tuple[str, int, str, str]
"""Register table, row (from 1), column, reason: never the value."""
NOT_AT_SCHOOL = ("", "非在校生", "学龄前儿童", "否")


@dataclass(frozen=True)
class Register:
    """The register as typed files.

    Shape: `households` one row per household, `household_no` in the order of household_id; `members` one row per
    person and household; `people` whom an id leads to, `person_key` unique; `incomes` one row per household and
    income window. `set_apart`: table, row, column, reason.
    """

    households: Path
    members: Path
    people: Path
    incomes: Path
    rows: dict[str, int]
    set_apart: tuple[SetApart, ...]


def read_register(db: DuckDB, folder: Path, as_of: date, villages: pa.Table, scratch: Path) -> Register:
    """Type the register. `villages`: column `code`, the area codes that exist. Errors: `DataError`."""
    _require_columns(folder)
    raw = {name: db.read_parquet(folder / f"{name}.parquet", numbered=True) for name in REGISTER_TABLES}
    paths = {name: scratch / f"{name}.parquet" for name in REGISTER_TABLES}
    db.write(_households(raw["households"], db.from_arrow(villages)), paths["households"], passing=True)
    households = db.read_parquet(paths["households"])
    _require_unique(db, households, folder.name)
    numbers = households.select("household_id", "household_no")
    db.write(_members(raw["members"], numbers, as_of), paths["members"], passing=True)
    set_apart = _bad_households(db, households) + _settle_doubles(db, paths["members"])
    db.write(_incomes(raw["incomes"], numbers, as_of), paths["incomes"], passing=True)
    set_apart += _bad_members(db, db.read_parquet(paths["members"]))
    db.write(_people(db.read_parquet(paths["members"])), scratch / "people.parquet", passing=True)
    rows = {name: pq.read_metadata(folder / f"{name}.parquet").num_rows for name in REGISTER_TABLES}
    return Register(
        paths["households"],
        paths["members"],
        scratch / "people.parquet",
        paths["incomes"],
        rows,
        tuple(sorted(set_apart)),
    )


def _require_columns(folder: Path) -> None:
    faults = []
    for table, columns in COLUMNS.items():
        where = f"registry/{folder.name}/{table}.parquet"
        try:
            present = pq.read_schema(folder / f"{table}.parquet").names
        except (pa.ArrowInvalid, OSError):
            faults.append(Fault("不是可以打开的 Parquet 文件", "重新导出登记册", where))
            continue
        faults += [Fault(f"缺少列 {c}", "补上这一列", where) for c in columns if c not in present]
    if faults:
        raise DataError(faults)


def _require_unique(db: DuckDB, households: Table, month: str) -> None:
    counts = db.fetch(households.aggregate(n=households.count(), ids=households.household_id.nunique())).to_pylist()[0]
    doubled = counts["n"] - counts["ids"]
    if doubled:
        fault = Fault(f"{doubled} 行的户编号为空或重复", "每户只留一行", f"registry/{month}/households.parquet")
        raise DataError([fault])


def _households(raw: Table, villages: Table) -> Table:
    area = raw.area_code.cast("string")
    known = villages.select(code=villages.code.cast("string"), area_known=True)
    table = raw.select("household_id", area_code=area, register=raw.register, row_no=raw.file_row_number + 1)
    return table.left_join(known, table.area_code == known.code).select(
        household_no=ibis.row_number().over(order_by=table.household_id).cast("int32"),
        household_id=table.household_id,
        area_code=table.area_code,
        area_known=known.area_known.fill_null(False),
        register=ibis.ifelse(table.register.isin(REGISTERS), table.register, ibis.null("string")),
        row_no=table.row_no,
    )


def _labour(raw: Table) -> Value:
    return raw.labour.cases(*LABOUR_HALVES.items(), else_=ibis.null("int8")).cast("int8")


def _members(raw: Table, numbers: Table, as_of: date) -> Table:
    key = person_key(raw.id_number)
    day = ibis.literal(as_of)
    table = raw.mutate(key=key)
    joined = table.left_join(numbers, "household_id")
    sound = is_sound(joined.key).fill_null(False)
    return joined.select(
        household_no=joined.household_no,
        member_no=joined.file_row_number + 1,
        person_key=ibis.ifelse(sound, joined.key, ibis.null("int64")),
        id_written=joined.id_number.fill_null("") != "",
        id_sound=sound,
        name=joined.name.strip(),
        birth_date=joined.birth_date.cast("date"),
        halves=_labour(joined),
        at_school=~joined.in_school.cast("string").fill_null("").isin(NOT_AT_SCHOOL),
        is_head=joined.relation.isin(HEADS).fill_null(False),
        since=joined.since.cast("date"),
        until=joined.until.cast("date"),
        active=(joined.since.cast("date").fill_null(day) <= day)
        & (joined.until.isnull() | (joined.until.cast("date") > day)),
    )


def _fen(column: Value) -> Value:
    return (column.cast("decimal(14,3)") * 100).cast("int64")


def _incomes(raw: Table, numbers: Table, as_of: date) -> Table:
    net = _fen(raw.wage) + _fen(raw.business) + _fen(raw.property) + _fen(raw.transfer) - _fen(raw.business_cost)
    if "net_income" in raw.columns:  # a list that tells only the whole: its parts stay unknown
        net = ibis.ifelse(net.isnull(), _fen(raw.net_income), net)
    known = raw.mutate(net_income=net, transfer_income=_fen(raw.transfer))
    dated = (known.collected_on.cast("date") <= as_of) & (known.window_to.cast("date") <= as_of)
    known = known.filter(dated & known.net_income.notnull())  # a sum with a hole in it is no figure
    joined = known.inner_join(numbers, "household_id")
    return joined.select(
        "household_no",
        "net_income",
        "transfer_income",
        source=joined.source.fill_null(""),
        window_to=joined.window_to.cast("date"),
        collected_on=joined.collected_on.cast("date"),
    )  # fmt: skip


def _settle_doubles(db: DuckDB, path: Path) -> list[SetApart]:
    """One id, one person: a double in a household is dropped, an id active in several homes links to nobody."""
    members = db.read_parquet(path)
    present = members.filter(members.person_key.notnull() & members.active)
    per_key = present.group_by("person_key").agg(n=lambda t: t.count())
    doubled = db.fetch(per_key.filter(per_key.n > 1).select("person_key"))
    if not doubled.num_rows:
        return []
    doubles = present.semi_join(db.from_arrow(doubled), "person_key")
    rows = db.fetch(doubles.select("person_key", "household_no", "member_no")).to_pylist()
    dropped, unlinked = judge_doubles(rows)
    kept = members.filter(~members.member_no.isin(dropped)) if dropped else members
    homeless = set(unlinked)
    many_homes = sorted({row["person_key"] for row in rows if row["member_no"] in homeless})
    # nor does such an id lead to a former home
    nobody = kept.person_key.isin(many_homes).fill_null(False) if many_homes else ibis.literal(False)
    fresh = path.with_suffix(".settled")
    db.write(kept.mutate(person_key=ibis.ifelse(nobody, ibis.null("int64"), kept.person_key)), fresh, passing=True)
    fresh.replace(path)
    twice, many = "同一人在本户出现两次，只计一次", "同一证件号码登记在多户，须由人确定"
    return [("members", n, "id_number", twice) for n in dropped] + [("members", n, "id_number", many) for n in unlinked]


def judge_doubles(rows: list[dict[str, int]]) -> tuple[list[int], list[int]]:
    """Active rows sharing an id → (member numbers to drop, member numbers that link to nobody)."""
    homes: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        homes[row["person_key"]][row["household_no"]].append(row["member_no"])
    dropped = [n for same in homes.values() for numbers in same.values() for n in sorted(numbers)[1:]]
    unlinked = [min(numbers) for same in homes.values() if len(same) > 1 for numbers in same.values()]
    return sorted(dropped), sorted(unlinked)


def _people(members: Table) -> Table:
    """Whom an id leads to without doubt: the household of the active membership, else of the only past one."""
    known = members.filter(members.person_key.notnull() & members.household_no.notnull())
    known = known.mutate(name_hash=known.name.hash())  # enough to see that a row names somebody else
    present = known.filter(known.active).select("person_key", "household_no", "name_hash")
    past = known.filter(~known.active).anti_join(present, "person_key")
    once = past.group_by("person_key").agg(
        household_no=lambda t: t.household_no.max(),
        homes=lambda t: t.household_no.nunique(),
        name_hash=lambda t: t.name_hash.max(),
    )
    return present.union(once.filter(once.homes == 1).select("person_key", "household_no", "name_hash"))


def _bad_households(db: DuckDB, households: Table) -> list[SetApart]:
    bad = households.filter(~households.area_known | households.register.isnull())
    return [
        ("households", row["row_no"], column, why)
        for row in db.fetch(bad.select("row_no", "area_known", "register")).to_pylist()
        for column, why, wrong in (
            ("area_code", "没有这个行政区划代码", not row["area_known"]),
            ("register", f"应为{'、'.join(REGISTERS)}之一", row["register"] is None),
        )
        if wrong
    ]


def _bad_members(db: DuckDB, members: Table) -> list[SetApart]:
    homeless = members.household_no.isnull()
    bad = members.filter(homeless | (members.person_key.isnull() & members.id_written & ~members.id_sound))
    return [
        (
            "members",
            row["member_no"],
            *(("household_id", "没有这一户") if row["homeless"] else ("id_number", "证件号码校验不符")),
        )
        for row in db.fetch(bad.select("member_no", homeless=homeless)).to_pylist()
    ]
