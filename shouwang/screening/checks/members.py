"""The fields of members: one view over the register's members and what lists and earlier registers say of them."""

from datetime import date

import duckdb

from shouwang.screening.checks.listed import listed_members
from shouwang.screening.checks.material import Material
from shouwang.screening.intake.cell_sql import cases, filled, parquet, words
from shouwang.screening.intake.folding import quoted

PRIMARY, JUNIOR = ("小学",), ("七年级", "八年级", "九年级")
OUTSIDE = ("非在校生", "学龄前儿童")
"""Words of 在校生状况 that say not at school; so does an empty cell (docs/facts.md R13)."""
SICK = ("长期慢性病", "患有大病")
ABLE, UNABLE = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力"), ("丧失劳动力", "无劳动力")
HEAD, SPOUSE = "本人或户主", "配偶"
MALE = (
    "之子",
    "之女婿",
    "之孙子",
    "之外孙子",
    "之父",
    "之岳父",
    "之公公",
    "之祖父",
    "之外祖父",
    "之曾孙子",
    "之侄儿",
    "之叔伯",
)
FEMALE = (
    "之女", "之儿媳", "之孙女", "之外孙女", "之母", "之岳母", "之婆婆", "之祖母", "之外祖母", "之曾孙女", "之侄女",
    "之兄弟媳妇",
)  # fmt: skip

_OF_ID = ("id_written", "id_length", "id_check_holds", "id_date_holds", "id_age", "id_birth_date", "id_sex")
TWICE = ("times_at_home", "homes_in_county", "counties")
FROM_COLUMN = {
    "name": ("name_written",),
    "id_number": (*_OF_ID, *TWICE),
    "birth_date": ("birth_date", "age"),
    "sex": ("sex",),
    "relation": ("is_head", "is_spouse", "relation_sex"),
    "ethnic": ("ethnic_written",),
    "education": ("education_written",),
    "in_school": ("in_school_written", "stage", "grade", "at_school"),
    "health": ("health_written", "is_sick", "is_disabled", "is_healthy"),
    "labour": ("labour_written", "can_work"),
}
"""Column of the register → the fields made of it."""


_KEY = (
    "case when strlen(id_number) = 18 and whole >= 100000000000000000 and not contains(id_number, '.')"
    " then whole // 10 * 11 + whole % 10 else id_key(id_number) end"
)
"""`id_key`, and a short way for the eighteen plain digits that nearly everybody has."""


def make_member_view(con: duckdb.DuckDBPyConnection, material: Material) -> set[str]:
    """Make the view `member_fields`, one row per member on the day. Answers which of its fields there are."""
    present = material.columns["members"]
    found = {name for column in present & set(FROM_COLUMN) for name in FROM_COLUMN[column]}
    _make_raw(con, material)
    of_lists, listed = listed_members(con, material)
    found |= listed
    earlier, of_earlier = _earlier(con, material)
    found |= of_earlier
    columns = _id_columns(material.as_of) + _told_columns(con, material) + of_lists + earlier
    joins = []
    if listed:
        joins.append(" left join listed_members l on l.household_id = r.household_id and l.person_id = r.person_id")
    if of_earlier:
        joins += [f" left join members_{n} e{n} on e{n}.person_id = r.person_id" for n in (1, 2)]
    con.execute(
        "create view member_fields as"
        " with digits as (select *, try_cast(id_number as bigint) as whole from raw_members),"
        f" ids as (select *, {_KEY} as k from digits),"
        f" dated as (select *, {_digits('birth_date')} as born, k // 11 // 1000 % 100000000 as id_born from ids)"
        f" select r.household_id, r.member_no, r.k as person_key, {', '.join(columns)} from dated r{''.join(joins)}"
    )
    return found


def _make_raw(con: duckdb.DuckDBPyConnection, material: Material) -> None:
    """Members on the day; a column the register does not have is null."""
    present = material.columns["members"]
    kinds = dict.fromkeys(("person_id", *FROM_COLUMN), "varchar") | {"birth_date": "date"}
    columns = [f"{name if name in present else 'null'}::{kind} as {name}" for name, kind in kinds.items()]
    day = f"date '{material.as_of}'"
    con.execute(
        "create view raw_members as select household_id::varchar as household_id, file_row_number + 1 as member_no,"
        f" {', '.join(columns)} from {parquet(material.register / 'members.parquet', numbered=True)}"
        f" where coalesce(since::date <= {day}, true) and coalesce(until::date > {day}, true)"
    )


def _digits(day: str) -> str:
    """20200630 of a date."""
    return f"(year({day}) * 10000 + month({day}) * 100 + day({day}))"


def _number(day: date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _age(born: str, as_of: date) -> str:
    """Completed years on the day."""
    return f"(({_number(as_of)} - {born}) // 10000)"


def _id_columns(as_of: date) -> list[str]:
    holds = "id_birth_holds(id_born)"
    day = "make_date((id_born // 10000)::int, (id_born // 100 % 100)::int, (id_born % 100)::int)"
    known = f"case when id_born >= 10000 and {holds} then"
    length = "(case when strlen(id_number) = 18 then 18 else length(nullif(trim(id_number), '')) end)"
    return [
        f"{length} as id_length",
        f"{filled('id_number')} as id_written",
        f"case when {length} in (18, 20, 22) then coalesce(id_check(r.k // 11) = r.k % 11, false) end"
        " as id_check_holds",
        f"(id_born >= 10000 and {holds}) as id_date_holds",
        f"{known} {day} end as id_birth_date",
        f"{known} case when id_born > {_number(as_of)} then -1 else {_age('id_born', as_of)} end end as id_age",
        "case r.k // 11 % 2 when 1 then '男' when 0 then '女' end as id_sex",
        f"case when born > {_number(as_of)} then null when born is not null then {_age('born', as_of)}"
        f" when id_born <= {_number(as_of)} then {known} {_age('id_born', as_of)} end end as age",
        "birth_date",
        *(f"case when r.k is not null then 1 end as {name}" for name in TWICE),
    ]


def _told_columns(con: duckdb.DuckDBPyConnection, material: Material) -> list[str]:
    """What the words of the register mean. Unknown: words of no table."""

    source, present = parquet(material.register / "members.parquet"), material.columns["members"]

    def spelled(column: str) -> dict[str, str]:
        return words(con, source, column, column) if column in present else {}

    relation, school, health, labour = (spelled(c) for c in ("relation", "in_school", "health", "labour"))
    stages = {text: quoted(stage_of(word)) for text, word in school.items()}
    return [
        *(f"{filled(c)} as {c}_written" for c in ("name", "ethnic", "education", "in_school", "health", "labour")),
        f"{cases('sex', {t: quoted(w) for t, w in spelled('sex').items() if w in '男女'})} as sex",
        f"{cases('r.relation', {t: _truth(w == HEAD) for t, w in relation.items()})} as is_head",
        f"{cases('r.relation', {t: _truth(w == SPOUSE) for t, w in relation.items()})} as is_spouse",
        f"{cases('r.relation', {t: quoted(sex_of(w)) for t, w in relation.items()})} as relation_sex",
        f"{cases('in_school', stages, empty=quoted(NONE))} as stage",
        f"{cases('in_school', {t: quoted(grade_of(w)) for t, w in school.items()}, empty=quoted(''))} as grade",
        f"({cases('in_school', stages, empty=quoted(NONE))} <> {quoted(NONE)}) as at_school",
        f"{cases('health', {t: _truth(bool(set(w.split(',')) & set(SICK))) for t, w in health.items()})} as is_sick",
        f"{cases('health', {t: _truth('残疾' in w.split(',')) for t, w in health.items()})} as is_disabled",
        f"{cases('health', {t: _truth(w == '健康') for t, w in health.items()})} as is_healthy",
        f"{cases('labour', {t: _truth(w in ABLE) for t, w in labour.items()})} as can_work",
    ]


NONE = "none"


def stage_of(word: str) -> str:
    """The stage of school of a word of 在校生状况."""
    if word in OUTSIDE:
        return NONE
    if word in PRIMARY:
        return "primary"
    if word in JUNIOR:
        return "junior"
    if word.startswith(("普通高中", "中职")):
        return "senior"
    return "kindergarten" if word == "学前教育" else "college"


def grade_of(word: str) -> str:
    """The word itself where it names one school year, else ''."""
    return word if word.endswith("年级") else ""


def sex_of(relation: str) -> str:
    """The sex a relation says, '' where it says none."""
    return "男" if relation in MALE else "女" if relation in FEMALE else ""


def _truth(claim: bool) -> str:
    return "true" if claim else "false"


def make_doubled(con: duckdb.DuckDBPyConnection, material: Material) -> None:
    """`doubled`, of the rows of `marks` whose id stands more than once: how often at home, in how many homes of the
    county, in how many counties. For all other rows, where there is an id, each of them is 1.
    """
    households = parquet(material.register / "households.parquet")
    con.execute(
        "create temp table doubled as with twice as (select person_key from marks where person_key is not null"
        " group by 1 having count(*) > 1),"
        " people as (select m.member_no, m.household_id, m.person_key, left(h.area_code::varchar, 6) as county"
        f" from marks m semi join twice using (person_key) left join {households} h"
        " on h.household_id::varchar = m.household_id),"
        " homes as (select person_key, household_id, any_value(county) as county, count(*) as times_at_home"
        " from people group by all),"
        " counties as (select person_key, county, count(*) as homes_in_county from homes group by all),"
        " cities as (select person_key, count(county) as counties from counties group by all)"
        " select p.member_no, h.times_at_home, coalesce(c.homes_in_county, 1) as homes_in_county, a.counties"
        " from people p join homes h using (person_key, household_id) join cities a using (person_key)"
        " left join counties c on c.person_key = p.person_key and c.county = p.county"
    )


def _earlier(con: duckdb.DuckDBPyConnection, material: Material) -> tuple[list[str], set[str]]:
    """The grades of one and two years ago, where those registers are there."""
    names = ("grade_a_year_ago", "grade_two_years_ago")
    if not material.earlier:
        return [f"null::varchar as {name}" for name in names], set()
    for years, path in enumerate(material.earlier, start=1):
        source = parquet(path)
        school = words(con, source, "in_school", "in_school")
        grade = cases("in_school", {t: quoted(grade_of(w)) for t, w in school.items()}, empty=quoted(""))
        con.execute(
            f"create temp table members_{years} as select person_id::varchar as person_id, max({grade}) as grade"
            f" from {source} group by 1"
        )
    return [f"e{years}.grade as {name}" for years, name in enumerate(names, start=1)], set(names)
