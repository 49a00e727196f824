"""A list of people as written → the same people in the forms that are compared."""

from collections.abc import Iterable

import duckdb

from shouwang.screening.intake.identity import MACROS
from shouwang.screening.linkage import lunar, names

TEXTS = ("address", "area")
_HALF = "".join(map(chr, [*range(48, 58), *range(65, 91), *range(97, 123)])) + ".+-/"
_WIDE = "".join(chr(ord(sign) + 0xFEE0) for sign in _HALF)
_SEXES = {"男": ("男", "男性", "1", "01", "m", "male"), "女": ("女", "女性", "2", "02", "f", "female")}

_PLAIN_ID = "case when regexp_full_match(t, '[0-9]{17}[0-9X]') then t else " + (
    f"upper(regexp_replace(translate(t, '{_WIDE}', '{_HALF}'), '[^0-9A-Za-z.+]', '', 'g')) end"
)
_POWER = "'^([0-9])[.]?([0-9]*)E[+]?1[4-9]$'"
_WORDS = " ".join(f"when w in ({', '.join(map(repr, words))}) then '{sex}'" for sex, words in _SEXES.items())
LINK_MACROS = (
    f"create or replace macro plain_id(t) as {_PLAIN_ID}",
    "create or replace macro is_cut_id(p) as regexp_full_match(p, '[0-9][.][0-9]+E[+]?[0-9]+')",
    "create or replace macro id_end(p, n) as try_cast(left(right(p, n), n - 1) as bigint) * 11"
    " + case when right(p, 1) = 'X' then 10 else try_cast(right(p, 1) as bigint) end",
    "create or replace macro id_sign(n) as '0123456789X'[n + 1]",
    "create or replace macro id_check_sign(n) as '0123456789X'[id_check(n) + 1]",
    # 15 → 18 digits, cards without their tail; what Excel cut is no id, only its first digits are known
    "create or replace macro whole_id(p) as case when p = '' or is_cut_id(p) then null"
    " when regexp_full_match(p, '[0-9]{15}') then p[:6] || '19' || p[7:] || id_check_sign(id_long(p))"
    " when length(p) in (20, 22) then p[:18] else p end",
    f"create or replace macro head_of_id(p) as case when is_cut_id(p) then regexp_replace(p, {_POWER}, '\\1\\2')"
    " when regexp_full_match(p, '[0-9]{15}0{2,7}') then p[:15] end",
    "create or replace macro date_holds(d) as try_strptime(d, '%Y%m%d') is not null"
    " and d between '18500101' and '20991231'",
    "create or replace macro birth_of_id(p) as case when regexp_full_match(p, '[0-9]{14}.*') and date_holds(p[7:14])"
    " then p[7:14] end",
    "create or replace macro sex_of_id(p) as case when regexp_full_match(p, '[0-9]{17}[0-9X]')"
    " then if(p[17]::int % 2 = 1, '男', '女') end",
    "create or replace macro dated(y, m, d) as y || lpad(m, 2, '0') || lpad(d, 2, '0')",
    f"create or replace macro plain_date(t) as trim(translate(t, '{_WIDE}', '{_HALF}'))",
    "create or replace macro digits_of_date(t) as case when t is null or t = '' then null"
    " when regexp_full_match(t, '[0-9]{8}') then t"
    " when regexp_full_match(t, '[0-9]{5}') then strftime(date '1899-12-30' + t::int, '%Y%m%d')"
    " when regexp_full_match(t, '[0-9]{4}[^0-9]+[0-9]{1,2}[^0-9]+[0-9]{1,2}([^0-9].*)?') then dated("
    "regexp_extract(t, '^([0-9]{4})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{1,2})', 1),"
    "regexp_extract(t, '^([0-9]{4})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{1,2})', 2),"
    "regexp_extract(t, '^([0-9]{4})[^0-9]+([0-9]{1,2})[^0-9]+([0-9]{1,2})', 3))"
    " when regexp_full_match(t, '[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{4}') then dated("
    "regexp_extract(t, '([0-9]{4})$', 1), regexp_extract(t, '[/.-]([0-9]{1,2})[/.-]', 1),"
    "regexp_extract(t, '^([0-9]{1,2})', 1)) end",
    f"create or replace macro sex_word(w) as case {_WORDS} end",
    "create or replace macro sex_of(t) as sex_word(lower(trim(t)))",
    "create or replace macro phone_of(t) as nullif(right(regexp_replace("
    f"translate(t, '{_WIDE}', '{_HALF}'), '[^0-9]', '', 'g'), 11), '')",
    "create or replace macro sorted_name(t) as case when regexp_matches(t, '[㐀-鿿]')"
    " then array_to_string(list_sort(string_split(t, '')), '')"
    " else array_to_string(list_sort(string_split(t, ' ')), ' ') end",
)


def prepare(con: duckdb.DuckDBPyConnection) -> None:
    """What every later statement on this connection takes for granted."""
    for macro in (*MACROS, *LINK_MACROS):
        con.execute(macro).fetchall()


def compared(con: duckdb.DuckDBPyConnection, raw: str, out: str, *, are_citizens: bool, is_lunar: bool) -> None:
    """Table `raw` (row, and any of name, id_number, birth_date, sex, phone, head, address_…, area_… as written) →
    table `out` in the forms that are compared.

    Unknown: what is not written, or cannot be read. `are_citizens`: ids of 18 digits, which tell birth date and sex.
    """
    present = [row[0] for row in con.execute(f"describe {raw}").fetchall()]
    texts = [column for column in present if column.partition("_")[0] in TEXTS]
    spelled = [column for column in ("name", "head", *texts) if column in present]
    hold_forms(con, f"{out}_forms", (_written(con, raw, column) for column in spelled))
    if is_lunar:
        con.register("lunar_days", lunar.lunar_days())
    columns = [*_names(present), *_rest(present), *(f"nullif(f_{column}.name, '') as {column}" for column in texts)]
    joins = [f"left join {out}_forms f_{column} on f_{column}.written = r.{column}" for column in spelled]
    cells = f"(select row, {', '.join(columns)} from {raw} r {' '.join(joins)})"
    born = "d.lunar" if is_lunar else "null::varchar"
    days = "left join lunar_days d on d.solar = p.birth" if is_lunar else ""
    con.execute(
        f"create or replace temp table {out} as select p.*, {born} as lunar, sorted_name(p.name) as characters"
        f" from ({_read(cells, are_citizens=are_citizens)}) p {days} order by row"
    )


def _read(cells: str, *, are_citizens: bool) -> str:
    """Cells → what they say, in stages: a macro within a macro is planned as often as its argument is used."""
    if not are_citizens:
        opaque = "nullif(regexp_replace(written_id, '[^0-9A-Z]', '', 'g'), '') as id, false as id_sound"
        return (
            f"select * exclude (written_id, written_birth), {opaque}, null::varchar as id_head,"
            f" null::varchar as id_area, digits_of_date(written_birth) as birth from {cells}"
        )
    whole = f"select *, whole_id(written_id) as id, head_of_id(written_id) as id_head from {cells}"
    keyed = f"select *, case when id_head is null then id_key(id) end as key from ({whole})"
    known = f"select *, coalesce(id_sound(key), false) as is_sound, coalesce(id, id_head) as known from ({keyed})"
    return (
        "select * exclude (written_id, written_birth, key, known, sex, is_sound), is_sound as id_sound,"
        " left(known, 6) as id_area, coalesce(digits_of_date(written_birth), birth_of_id(known)) as birth,"
        f" coalesce(sex, sex_of_id(id)) as sex from ({known})"
    )


def hold_forms(con: duckdb.DuckDBPyConnection, table: str, written: Iterable[list[str]]) -> None:
    """A table of the forms of all these texts."""
    texts = sorted({text for column in written for text in column})
    found = names.forms(texts)
    con.register("forms_found", found)
    con.execute(f"create or replace temp table {table} as from forms_found")
    con.unregister("forms_found")


def _written(con: duckdb.DuckDBPyConnection, raw: str, column: str) -> list[str]:
    rows = con.execute(f"select distinct {column} from {raw} where {column} is not null").fetchall()
    return [row[0] for row in rows]


def _names(present: list[str]) -> list[str]:
    columns = []
    for column, prefix in (("name", ""), ("head", "head_")):
        forms = {"name": column, "sound": f"{prefix}sound", "shape": f"{prefix}shape"}
        where = f"f_{column}." if column in present else ""
        columns += [f"{f'{where}{form}' if where else 'null::varchar'} as {name}" for form, name in forms.items()]
    return columns


def _rest(present: list[str]) -> list[str]:
    forms = {
        "written_id": ("id_number", "plain_id(id_number)"),
        "written_birth": ("birth_date", "plain_date(birth_date)"),
        "sex": ("sex", "sex_of(sex)"),
        "phone": ("phone", "phone_of(phone)"),
    }
    return [f"{form if field in present else 'null::varchar'} as {name}" for name, (field, form) in forms.items()]
