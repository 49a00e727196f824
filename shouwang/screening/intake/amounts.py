"""Amounts and counts in the ways they are written, as DuckDB macros: in decimals throughout, never in floats.

Read: 1234.5, 1,234.50, ￥1234, 1234元, 1.5万元, 0.02亿, （1,234.00） and -1234 (negative), full-width, Traditional.
The units 元, 万, 亿, 千, 百 stand in the cell, or in the header (`with_unit`); the cell's own goes before.
"""

from shouwang.screening.intake.folding import bound, quoted

LARGEST_YUAN = 100_000_000
"""A single amount above this is a slip of the unit, not an amount."""
LARGEST_COUNT = 100_000
UNITS = {"亿": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000, "百": 100}
_NUMBER = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]*)?|\.[0-9]+"
_WORD, _YUAN = "|".join(UNITS), "(?:元|圆|块钱|块)?"
_PLAIN = rf"(?P<sign>[-+−]?)(?P<number>{_NUMBER})(?P<unit>{_WORD})?{_YUAN}(?:整|正)?"
_BRACKETS = rf"\((?P<below>{_NUMBER})(?P<inner>{_WORD})?{_YUAN}\)(?P<outer>{_WORD})?{_YUAN}"
_GROUPS = "['sign', 'number', 'unit', 'below', 'inner', 'outer']"
_CURRENCY = "^(人民币|rmb|cny|[￥¥])|(rmb|cny|人民币)$"
_FACTOR = " ".join(f"when {quoted(word)} then {factor}" for word, factor in UNITS.items())
_AMOUNT = quoted(f"^(?:{_PLAIN}|{_BRACKETS})$")
_PARTS = f"regexp_extract(regexp_replace(plain_word(t), '{_CURRENCY}', ''), {_AMOUNT}, {_GROUPS})"
_FEN = (
    "try_cast(replace(m.number || m.below, ',', '') as decimal(20,8)) * 100"
    f" * case m.unit || m.inner || m.outer {_FACTOR} when '' then 1 end"
    " * case when m.sign in ('-', '−') or m.below <> '' then -1 else 1 end"
)
# What may stand behind a count, by the unit the column counts in.
COUNTED = {"天": "天|日", "次": "次|回", "米": "米|公尺|m", "年度": "年|年度"}
_BEHIND = " ".join(f"when {quoted(unit)} then {quoted(f'([0-9])({words})$')}" for unit, words in COUNTED.items())
_COUNT = rf"^({_NUMBER})((?:公里|千米|km)?)$"
_KILOMETRES = "case when p.far = '' then 1 when unit = '米' then 1000 end"

# Decimals of these widths stay within eighteen digits, so within machine integers.
MACROS = (
    "create or replace macro whole_number(x, most) as"
    " case when x between 0 and most then case when x = x::bigint then x::bigint end end",
    f"create or replace macro whole_fen(x) as whole_number(x, {LARGEST_YUAN * 100})",
    f"create or replace macro odd_fen(t) as {bound(_PARTS, 'm', _FEN)}",
    "create or replace macro read_fen(t) as case"
    " when t like '%.___%' and try_cast(t as decimal(20,8)) is not null"  # more decimals than fen: exactly, and slower
    " then whole_fen(try_cast(t as decimal(20,8)) * 100)"
    " when try_cast(t as decimal(14,3)) is not null then whole_fen(try_cast(t as decimal(14,3)) * 100)"
    f" when t is null then null else {bound('odd_fen(t)', 'x', 'whole_fen(x)')} end",
    "create or replace macro any_fen(t) as case when try_cast(t as decimal(20,8)) is not null"
    " then try_cast(t as decimal(20,8)) * 100 else odd_fen(t) end",
    "create or replace macro fen_fault(t) as "
    + bound(
        "any_fen(t)",
        "x",
        f"case when x < 0 then '是负数' when x > {LARGEST_YUAN * 100} then '超过 1 亿元，像是单位写错了'"
        " when x is not null then '元以下超过两位小数' else '不是金额' end",
    ),
    "create or replace macro with_unit(t, unit) as"
    r" case when regexp_matches(t, '[0-9０-９)）]\s*$') then t || unit else t end",
    f"create or replace macro whole_count(x) as whole_number(x, {LARGEST_COUNT})::integer",
    "create or replace macro odd_count(t, unit) as case when t is not null then "
    + bound(
        rf"regexp_extract(regexp_replace(half_width(t), case unit {_BEHIND} else '^$' end, '\1'),"
        f" {quoted(_COUNT)}, ['number', 'far'])",
        "p",
        f"whole_count(try_cast(replace(p.number, ',', '') as decimal(20,8)) * {_KILOMETRES})",
    )
    + " end",
    "create or replace macro read_count(t, unit) as case when try_cast(t as decimal(14,4)) is not null"
    " then whole_count(try_cast(t as decimal(14,4))) else odd_count(t, unit) end",
)
"""`any_fen`: fen of either sign, perhaps no whole number. `with_unit`: the header's unit, where the cell has none."""
