"""A day in the ways it is written, as DuckDB macros. The order of day and month is never guessed.

Read: 2020-06-18, 2020/6/18, 2020.6.18, 2020 06 18, 20200618, 2020年6月18日, 二〇二〇年六月十八日, each with a time
behind it, full-width, Traditional; and, where the file is a workbook, Excel's number of the day.
"""

from shouwang.screening.intake.folding import bound, quoted

FIRST, LAST = "1900-01-01", "2099-12-31"
"""What lies outside is a slip, or a lunar or other calendar."""
SERIALS = (20_000, 73_050)
"""Excel's numbers of 1954-10-03 and 2099-12-31: below, a number in a cell for a date is likelier something else."""

_ONES = "一二三四五六七八九"
_NUMBERS = [*_ONES, "十", *(f"十{n}" for n in _ONES), "二十", *(f"二十{n}" for n in _ONES), "三十", "三十一"]
_LIST = "[" + ", ".join(map(quoted, _NUMBERS)) + "]"
_TIME = r"(?:[T ]?(?:上午|下午)?[0-9]{1,2}[:时点][0-9]{1,2}(?:[:分][0-9.]{0,12}秒?)?分?(?:Z|[+-][0-9:]{4,6})?)?"
_YEAR_MONTH, _MONTH_DAY = r"[-/.年\\、_,~－–—]", r"[-/.月\\、_,~－–—]"
_NUMERAL = rf"([0-9]{{4}}){_YEAR_MONTH}([0-9]{{1,2}}){_MONTH_DAY}([0-9]{{1,2}})[日号.]?{_TIME}"
_SOLID = rf"((?:19|20)[0-9]{{2}})([0-9]{{2}})([0-9]{{2}}){_TIME}"
_CHINESE = rf"([〇零○Oo0{_ONES}]{{4}})年([十{_ONES}]{{1,2}})月([十廿卅{_ONES}]{{1,3}})[日号]?"
_GROUPS = "['y', 'm', 'd', 'sy', 'sm', 'sd', 'cy', 'cm', 'cd']"
_PARTS = f"regexp_extract(day_text(t), {quoted(f'^(?:{_NUMERAL}|{_SOLID}|{_CHINESE})$')}, {_GROUPS})"
_DAY = (
    f"case when p.cy = '' then try_cast(p.y || p.sy || '-' || p.m || p.sm || '-' || p.d || p.sd as date)"
    f" else try_cast(translate(p.cy, '〇零○Oo0{_ONES}', '000000123456789') || '-' || small_number(p.cm)"
    " || '-' || small_number(p.cd) as date) end"
)
_FAULTS = {
    r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.](?:19|20)[0-9]{2}.*": "分不清日和月的先后",
    r"[0-9]{1,2}[-/.年][0-9]{1,2}[-/.月][0-9]{1,2}日?.*": "年份不足四位，不能猜",
    r"[2-7][0-9]{4}(?:\.[0-9]+)?": "像是 Excel 的日期序号，文本文件里不能确认",
    r"[0-9]{4}(?:[-/.年]?[0-9]{1,2})?[年月]?": "只有年或年月，没有日",
    rf"{_NUMERAL}|{_SOLID}|{_CHINESE}": "没有这一天，或不在 1900 至 2099 年",
}
_FAULT = " ".join(f"when regexp_full_match(p, {quoted(text)}) then {quoted(why)}" for text, why in _FAULTS.items())
_FAULT = f"case {_FAULT} else '看不出是哪一天' end"

MACROS = (
    f"create or replace macro real_day(d) as case when d between date '{FIRST}' and date '{LAST}' then d end",
    "create or replace macro small_number(t) as"
    f" list_position({_LIST}, replace(replace(t, '廿', '二十'), '卅', '三十'))",
    "create or replace macro day_text(t) as translate(half_width(t), '號時點', '号时点')",
    f"create or replace macro odd_day(t) as {bound(bound(_PARTS, 'p', _DAY), 'd', 'real_day(d)')}",
    "create or replace macro read_day(t) as case when try_cast(t as date) is not null"
    " then real_day(try_cast(t as date)) when t is null then null else odd_day(t) end",
    "create or replace macro day_of_number(t) as case when regexp_full_match(t, '[2-7][0-9]{4}(\\.[0-9]+)?')"
    f" then case when left(t, 5)::int between {SERIALS[0]} and {SERIALS[1]}"
    " then (date '1899-12-30' + left(t, 5)::int)::varchar else t end else t end",
    f"create or replace macro day_fault(t) as {bound('day_text(t)', 'p', _FAULT)}",
)
"""`day_of_number`: a number cell of a workbook as the day it stands for. `day_fault`: why a text is no day."""
