"""Id numbers as whole numbers, so that millions of them join fast: seventeen digits × 11 + check digit.

The key holds all eighteen characters. The register's keys are checked (check digit, birth date); a key of an
extract that equals a checked one is therefore right too. Written as DuckDB macros: the files are always read there,
and an expression of seventeen digits is planned once instead of once per file.
"""

import ibis
from ibis import Value

from shouwang.screening.intake import folding
from shouwang.screening.intake.folding import bound, quoted

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643: weights of the seventeen digits; (12 − Σ mod 11) mod 11 is the check digit, 10 written X."""

_WRITTEN = "×✕Хх'‘’“”\"`"
_PLAIN = "XXXX"  # shorter on purpose: quotes, at the end, are taken out
_FROM_UNITS = WEIGHTS[::-1]
_RAISED = [(weight - 10 * below) % 11 for below, weight in zip((0, *_FROM_UNITS), _FROM_UNITS, strict=False)]
_SUM = " + ".join(f"n // {10**place} * {weight}" for place, weight in enumerate(_RAISED))
"""Congruent to Σ digit × weight mod 11: a digit is n // 10ᵖ − 10 × (n // 10ᵖ⁺¹), so each quotient is needed once."""
_KEY18 = (
    "try_cast(left(t, 17) as bigint) * 11"
    " + case when right(t, 1) = 'X' then 10 else try_cast(right(t, 1) as bigint) end"
)
_MONTH, _DAY = "(n // 100 % 100)", "(n % 100)"
_LAST_DAY = (
    f"case when {_MONTH} in (4, 6, 9, 11) then 30 when {_MONTH} <> 2 then 31"
    " when n // 10000 % 4 = 0 and (n // 10000 % 100 <> 0 or n // 10000 % 400 = 0) then 29 else 28 end"
)

LOST = "证件号码被 Excel 改成了科学计数，原号已丢失，请从源系统按文本重新导出"
ROUNDED = "证件号码末尾成了 000，多半被 Excel 当作数字，原号已丢失，请从源系统按文本重新导出"
COVERED = "证件号码被遮盖，须交完整的号码"
_TOLD = {
    "v.text = '' or says_nothing(v.text)": "证件号码为空",
    r"regexp_full_match(v.text, '[0-9](\.[0-9]+)?E\+?[0-9]+')": LOST,
    "contains(v.text, '*')": COVERED,
    "length(v.text) not in (15, 18, 20, 22)": "证件号码长度不是 15、18、20 或 22 位",
    "v.key is null": "证件号码含有不应有的字符",
    "right(v.text, 3) = '000'": ROUNDED,
    "not id_birth_holds(v.key // 11 // 1000 % 100000000)": "证件号码中的出生日期不存在",
}
"""What is found, from the gravest on; a number Excel took for one is lost, and never "repaired"."""
_KINDS = " ".join(f"when {holds} then {quoted(told)}" for holds, told in _TOLD.items())
_FAULT = bound(
    "{'text': id_text(coalesce(t, '')), 'key': id_key(t)}", "v", f"case {_KINDS} else '证件号码校验位不符' end"
)

# Every fall-back stands in a CASE: DuckDB computes a CASE branch only for the rows that need it, a COALESCE for all.
MACROS = (
    *folding.MACROS,
    f"create or replace macro id_text(t) as translate(upper(half_width(t)), {quoted(_WRITTEN)}, {quoted(_PLAIN)})",
    f"create or replace macro id_check(n) as (12 - ({_SUM}) % 11) % 11",
    f"create or replace macro id_key18(t) as case when length(t) = 18 then {_KEY18} end",
    "create or replace macro id_long(t) as (t[:6] || '19' || t[7:])::bigint",
    "create or replace macro id_key15(t) as id_long(t) * 11 + id_check(id_long(t))",
    "create or replace macro id_key_folded(t) as case when regexp_full_match(t, '[0-9]{15}') then id_key15(t)"
    " when length(t) in (18, 20, 22) then id_key18(t[:18]) end",
    "create or replace macro id_key(t) as case when id_key18(t) is not null then id_key18(t)"
    f" when t is null then null else {bound('id_text(t)', 'p', 'id_key_folded(p)')} end",
    f"create or replace macro id_birth_holds(n) as case when {_DAY} between 1 and 28 then {_MONTH} between 1 and 12"
    f" else {_MONTH} between 1 and 12 and {_DAY} between 1 and {_LAST_DAY} end",
    "create or replace macro id_sound(key) as case when id_check(key // 11) = key % 11"
    " then id_birth_holds(key // 11000 % 100000000) else false end",
    f"create or replace macro id_fault(t) as case when id_sound(id_key(t)) then null else {_FAULT} end",
)
"""`id_fault`: why a text is no sound id, in words for people; null where it is one."""


@ibis.udf.scalar.builtin(name="id_key", signature=(("string",), "int64"))
def _id_key(text): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="id_sound", signature=(("int64",), "boolean"))
def _id_sound(key): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="id_fault", signature=(("string",), "string"))
def _id_fault(text): ...  # type: ignore[no-untyped-def]


def person_key(text: Value) -> Value:
    """The key of an id as written (18; 15; 20 or 22 of a disability card). Unknown: not readable as an id at all."""
    return _id_key(text)


def is_sound(key: Value) -> Value:
    """True where check digit and birth date of a key hold. Unknown where the key is."""
    return _id_sound(key)


def fault(text: Value) -> Value:
    """Why a text is no sound id, in words for people, never the text. Unknown: it is sound."""
    return _id_fault(text)
