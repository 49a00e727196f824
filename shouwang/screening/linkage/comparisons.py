"""How two people are compared: for every field an ordered list of levels, each a condition and a label for people.

The first level that holds counts. Null first: a field that one side lacks says nothing. What an id number says twice
(a birth date inside an id that agrees) is counted once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from shouwang.screening.linkage.fields import Fields, Ids, Script

SILENT = "无从比较"


@dataclass(frozen=True)
class Level:
    """One step of likeness.

    `m`: how often it is seen where two records are one person; `u`: where they are two. The figures here are our
    reading, where neither a model nor the lists themselves tell better.
    """

    key: str
    zh: str
    sql: str
    m: float
    u: float
    frequency: str = ""
    """The column whose frequent values say less."""


@dataclass(frozen=True)
class Comparison:
    """One field compared."""

    key: str
    zh: str
    silent: str
    """Holds where the field says nothing."""
    levels: tuple[Level, ...]


def comparisons(fields: Fields) -> list[Comparison]:
    """The comparisons two lists with these fields allow."""
    return list(_comparisons(fields))


def _comparisons(fields: Fields) -> Iterator[Comparison]:
    yield HAN_NAME if fields.script is Script.HAN else LATIN_NAME
    beyond_id = ""
    if fields.ids is Ids.CITIZEN:
        yield CITIZEN_ID
        yield _unless(AREA, _ID_SAYS)
        beyond_id = _ID_SAYS
    elif fields.ids is Ids.OPAQUE:
        yield OPAQUE_ID
    if fields.birth_date:
        yield _unless(BIRTH, beyond_id)
    if fields.sex:
        yield _unless(SEX, beyond_id)
    if fields.phone:
        yield PHONE
    if fields.head:
        yield HEAD
    for column in fields.texts:
        # a village and an address that holds it say one thing
        yield _unless(_text(column), _SAID_BY_AREA if column == "address" and "area" in fields.texts else "")


def _null(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


def _distance(column: str, most: int) -> str:
    return f"damerau_levenshtein({column}_l, {column}_r) <= {most}"


def _else(m: float, u: float, zh: str = "不同") -> Level:
    return Level("else", zh, "ELSE", m, u)


def _unless(comparison: Comparison, condition: str) -> Comparison:
    return replace(comparison, silent=f"{comparison.silent} or {condition}") if condition else comparison


_SWAPPED = (
    "left(birth_l, 4) = left(birth_r, 4) and substr(birth_l, 5, 2) = right(birth_r, 2)"
    " and right(birth_l, 2) = substr(birth_r, 5, 2)"
)
_LUNAR = (
    "(right(birth_l, 4) = right(lunar_r, 4) and left(birth_l, 4) in (left(birth_r, 4), left(lunar_r, 4))"
    " or right(birth_r, 4) = right(lunar_l, 4) and left(birth_r, 4) in (left(birth_l, 4), left(lunar_l, 4)))"
)
OLDER_CARD = (
    "left(id_l, 6) = left(id_r, 6) and substr(id_l, 15, 3) = substr(id_r, 15, 3) and birth_l <> birth_r"
    f" and ({_SWAPPED} or {_LUNAR})"
)
_TAIL_LOST = (
    "length(id_head_l) >= 15 and starts_with(id_r, id_head_l)"
    " or length(id_head_r) >= 15 and starts_with(id_l, id_head_r)"
)
_ID_SAYS = (
    "(id_l is not null and id_r is not null and"
    f" (damerau_levenshtein(id_l, id_r) <= 2 or ({OLDER_CARD}) or ({_TAIL_LOST})))"
)
"""The ids are so alike that birth date, sex and area add nothing."""

HAN_NAME = Comparison(
    "name",
    "姓名",
    _null("name"),
    (
        Level("equal", "相同", "name_l = name_r", 0.9, 0.0005, "name"),
        Level("alike", "音同或形近", "sound_l = sound_r or shape_l = shape_r", 0.04, 0.0008),
        Level("order", "顺序颠倒", "characters_l = characters_r", 0.01, 0.0001),
        Level(
            "part", "一名包含另一名",
            "least(length(name_l), length(name_r)) >= 2 and (contains(name_l, name_r) or contains(name_r, name_l))",
            0.01, 0.002,
        ),
        Level(
            "one_off", "差一字",
            f"greatest(length(name_l), length(name_r)) >= 3 and {_distance('name', 1)}", 0.02, 0.02,
        ),
        Level("surname", "只有姓相同", "left(name_l, 1) = left(name_r, 1)", 0.01, 0.06),
        _else(0.01, 0.92),
    ),
)  # fmt: skip

_LEAST_ALIKE = "one_off"


def of_records(condition: str) -> str:
    """A condition on a pair (`id_l`, `id_r` …) as one on two records (`l.id`, `r.id` …)."""
    return re.sub(r"\b(\w+)_([lr])\b", r"\2.\1", condition)


def names_differ(fields: Fields) -> str:
    """SQL on a scored pair: the names are plainly two, or one is not known and the ids are not equal, so that no
    likeness of the rest links them without a person.

    Names in Latin letters are not judged: given names and surnames are abbreviated, married and swapped too often.
    """
    ids = {Ids.CITIZEN: CITIZEN_ID, Ids.OPAQUE: OPAQUE_ID}.get(fields.ids)
    unknown = f"level_name = -1 and level_id < {len(ids.levels) - 1}" if ids else "level_name = -1"
    if fields.script is not Script.HAN:
        return unknown
    keys = [level.key for level in HAN_NAME.levels]
    least = len(keys) - 1 - keys.index(_LEAST_ALIKE)
    return f"(level_name between 0 and {least - 1} or {unknown})"


LATIN_NAME = Comparison(
    "name",
    "姓名",
    _null("name"),
    (
        Level("equal", "相同", "name_l = name_r", 0.75, 0.0002, "name"),
        Level("order", "顺序颠倒", "characters_l = characters_r", 0.03, 0.00005),
        Level("near", "很像", "jaro_winkler_similarity(name_l, name_r) >= 0.92", 0.12, 0.0003),
        Level(
            "near_order", "打乱顺序后很像",
            "jaro_winkler_similarity(characters_l, characters_r) >= 0.88", 0.05, 0.003,
        ),
        Level("some", "有几分像", "jaro_winkler_similarity(name_l, name_r) >= 0.7", 0.03, 0.03),
        _else(0.02, 0.96),
    ),
)  # fmt: skip

CITIZEN_ID = Comparison(
    "id",
    "证件号码",
    _null("id"),
    (
        Level("equal", "相同", "id_l = id_r", 0.6, 0.000001),
        Level("one_off", "差一位", _distance("id", 1), 0.25, 0.00002),
        Level("older_card", "出生日期按农历或日月颠倒，其余相同", OLDER_CARD, 0.05, 0.0000001),
        Level("tail_lost", "只剩前十五位", _TAIL_LOST, 0.05, 0.00002),
        Level("both_sound", "都有效而不同", "id_sound_l and id_sound_r", 0.001, 0.97),
        Level("two_off", "差两位", _distance("id", 2), 0.01, 0.001),
        _else(0.003, 0.03),
    ),
)  # fmt: skip

OPAQUE_ID = Comparison(
    "id",
    "证件号码",
    _null("id"),
    (
        Level("equal", "相同", "id_l = id_r", 0.9, 0.00001),
        Level("one_off", "差一位", f"length(id_l) >= 5 and {_distance('id', 1)}", 0.05, 0.0001),
        Level("two_off", "差两位", f"length(id_l) >= 6 and {_distance('id', 2)}", 0.01, 0.002),
        _else(0.04, 0.99),
    ),
)

BIRTH = Comparison(
    "birth",
    "出生日期",
    _null("birth"),
    (
        Level("equal", "相同", "birth_l = birth_r", 0.9, 0.00004),
        Level(
            "swapped", "日月颠倒",
            _SWAPPED, 0.01, 0.00003,
        ),
        Level("one_off", "差一位", _distance("birth", 1), 0.04, 0.0008),
        Level(
            "lunar", "农历与公历",
            _LUNAR, 0.02, 0.0001,
        ),
        Level("year", "同年", "left(birth_l, 4) = left(birth_r, 4)", 0.02, 0.013),
        _else(0.01, 0.985),
    ),
)  # fmt: skip

SEX = Comparison("sex", "性别", _null("sex"), (Level("equal", "相同", "sex_l = sex_r", 0.99, 0.5), _else(0.01, 0.5)))

AREA = Comparison(
    "id_area",
    "号码中的地区",
    _null("id_area"),
    (
        Level("equal", "同县", "id_area_l = id_area_r", 0.9, 0.15),
        _else(0.1, 0.85),
    ),
)

PHONE = Comparison(
    "phone",
    "电话",
    _null("phone"),
    (
        Level("equal", "相同", "phone_l = phone_r", 0.8, 0.0002),
        Level("one_off", "差一位", _distance("phone", 1), 0.05, 0.0002),
        _else(0.15, 0.9996),
    ),
)

HEAD = Comparison(
    "head",
    "户主姓名",
    _null("head"),
    (
        Level("equal", "相同", "head_l = head_r", 0.9, 0.002),
        Level("alike", "音同或形近", "head_sound_l = head_sound_r", 0.05, 0.002),
        _else(0.05, 0.996),
    ),
)

_SAID_BY_AREA = "(area_l is not null and area_r is not null)"
_PLACES = {"address": "住址", "area": "地区"}


def _text(column: str) -> Comparison:
    kind, _, number = column.partition("_")
    return Comparison(
        column,
        _PLACES[kind] + ("" if number in ("", "1") else number),
        _null(column),
        (
            Level("equal", "相同", f"{column}_l = {column}_r", 0.8, 0.01, column),
            Level("near", "很像", f"jaro_winkler_similarity({column}_l, {column}_r) >= 0.9", 0.08, 0.005),
            Level("some", "有几分像", f"jaro_winkler_similarity({column}_l, {column}_r) >= 0.75", 0.04, 0.03),
            _else(0.08, 0.955),
        ),
    )


def as_splink(comparison: Comparison, *, with_frequencies: bool) -> dict[str, Any]:
    """The comparison as Splink takes it."""
    silent = {"sql_condition": comparison.silent, "label_for_charts": SILENT, "is_null_level": True}
    levels = [_level(level, with_frequencies=with_frequencies) for level in comparison.levels]
    return {"output_column_name": comparison.key, "comparison_levels": [silent, *levels]}


def _level(level: Level, *, with_frequencies: bool) -> dict[str, Any]:
    told = {
        "sql_condition": level.sql,
        "label_for_charts": level.key,
        "m_probability": level.m,
        "u_probability": level.u,
    }
    if level.frequency and with_frequencies:
        told |= {"tf_adjustment_column": level.frequency, "tf_adjustment_weight": 1.0}
    return told
