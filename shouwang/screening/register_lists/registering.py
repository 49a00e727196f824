"""What the lists say → households, members and incomes as `datasets.md` has them."""

from pathlib import Path

import duckdb

from shouwang.screening.intake.folding import quoted
from shouwang.screening.register_lists.reading import INCOME
from shouwang.terms.period import Month

HEAD = "本人或户主"
SOURCE = "全国名单"
FORMAT = "format parquet, compression zstd"
INCOME_NOT_OVER = "年度还没有结束，收入不能用"


def write_register(con: duckdb.DuckDBPyConnection, month: Month, folder: Path) -> dict[str, int]:
    """Write the three tables. Answers their rows."""
    queries = {"households": _HOUSEHOLDS, "members": _MEMBERS, "incomes": _incomes(con, month)}
    for name, query in queries.items():
        con.execute(f"copy ({query}) to {quoted(str(folder / f'{name}.parquet'))} ({FORMAT})")
    return {name: _count(con, folder / f"{name}.parquet") for name in queries}


def _count(con: duckdb.DuckDBPyConnection, path: Path) -> int:
    ((rows,),) = con.execute(f"select count(*) from read_parquet({quoted(str(path))})").fetchall()
    return int(rows)


# The head where there is exactly one; the phone of the head, else the one all members give.
_HOUSEHOLDS = f"""
with people as (
    select household_id, count(*) filter (relation = '{HEAD}') as heads,
        any_value(person_id) filter (relation = '{HEAD}') as head,
        any_value(phone) filter (relation = '{HEAD}') as of_head,
        case when min(phone) = max(phone) then min(phone) end as of_all
    from members_said group by household_id
), every as (select household_id from homes_said union select household_id from members_said)
select e.household_id, h.area_code, h.standing as register, h.exit_year::int as exit_year, null::varchar as hukou,
    case when p.heads = 1 then p.head end as head_person_id,
    coalesce(case when p.heads = 1 then p.of_head end, p.of_all) as phone
from every e left join homes_said h using (household_id) left join people p using (household_id)
order by e.household_id
"""

# An id that holds says birth and sex; what a list says goes before.
_MEMBERS = """
with keyed as (select *, id_key(id_number) as k from members_said),
known as (select *, case when id_sound(k) then k // 11 end as digits from keyed)
select m.person_id, m.household_id, m.name, m.id_number, m.relation,
    coalesce(case when m.sex in ('男', '女') then m.sex end,
        case when m.sex_differs is true then null when digits % 2 = 1 then '男' when digits % 2 = 0 then '女' end
    ) as sex,
    coalesce(m.birth_date, case when m.birth_date_differs is not true and digits is not null then
        make_date((digits // 10000000 % 10000)::int, (digits // 100000 % 100)::int, (digits // 1000 % 100)::int) end)
        as birth_date,
    m.ethnic, m.education, m.in_school, m.health, m.labour, coalesce(m.identified, h.first_identified) as since,
    null::date as until
from known m left join homes_said h using (household_id)
order by m.household_id, m.person_id
"""


def _incomes(con: duckdb.DuckDBPyConnection, month: Month) -> str:
    """The parts where a list gives all of them; else net income = 人均纯收入 × 人数, and the parts unknown.

    The year is the list's 年度; without one the last calendar year that was over at the month's end.
    """
    last_year = month.year if month.month == 12 else month.year - 1
    con.execute(
        f"insert into notes select file, line, '年度', '{INCOME_NOT_OVER}' from homes_said where year > {last_year}"
    )
    whole = " and ".join(f"{part} is not null" for part in INCOME)
    parts = ", ".join(f"case when {whole} then {_yuan(part)} end as {part}" for part in INCOME)
    return (
        f"select household_id, make_date(coalesce(year, {last_year})::int, 1, 1) as window_from,"
        f" make_date(coalesce(year, {last_year})::int, 12, 31) as window_to, {parts},"
        f" case when not ({whole}) then {_yuan('income_per_person * people')} end as net_income,"
        f" date '{month.last}' as collected_on,"
        f" '{SOURCE}' || case when {whole} then '：分项收入' else '：人均纯收入 × 人数' end as source"
        f" from homes_said where (({whole}) or (income_per_person is not null and people > 0))"
        f" and not year_differs is true and coalesce(year, {last_year}) between 1950 and {last_year}"
        " order by household_id"
    )


def _yuan(fen: str) -> str:
    """Fen as 元 with two decimals, exactly."""
    return f"(({fen})::decimal(18, 0) * 0.01)::decimal(18, 2)"
