"""Units of figures and facts: which go together, what comes of dividing, and how finely each is written."""

DIMENSIONLESS = ("份额", "倍")
YES_NO_UNIT = "是否"
TEXT_UNIT = "文字"

_ENGLISH = {
    "元": "yuan",
    "人": "people",
    "户": "households",
    "天": "days",
    "月": "months",
    "次": "times",
    "级": "grade",
    "岁": "years of age",
    "米": "metres",
    "公里": "km",
    "亩": "mu",
    "位": "digits",
    "份额": "share",
    "倍": "times",
    YES_NO_UNIT: "yes/no",
    TEXT_UNIT: "text",
}
_ENGLISH_PER = {"元": "yuan", "人": "person", "天": "day", "月": "month", "次": "time", "级": "grade"}
_CHINESE = {"月": "个月"}

NUMBER_UNITS = ("元", "元/人", "人", "户", "天", "月", "次", "级", "岁", "米", "公里", "亩/人", "位", *DIMENSIONLESS)
PARAMETER_UNITS = (*NUMBER_UNITS, YES_NO_UNIT, TEXT_UNIT)


def is_dimensionless(unit: str) -> bool:
    return unit in DIMENSIONLESS


def same(left: str, right: str) -> bool:
    """Whether two units may be added or compared (a share and a multiple may)."""
    return left == right or (is_dimensionless(left) and is_dimensionless(right))


def divided(above: str, below: str) -> str | None:
    """The unit of a quotient, e.g. 元/人; None where it would be a ratio of ratios."""
    if is_dimensionless(below):
        return above
    if above == below:
        return "份额"
    if "/" in above or "/" in below or is_dimensionless(above):
        return None
    return f"{above}/{below}"


def text_scale(unit: str) -> int:
    """How many parts of one a value is written in: fen for money, ten-thousandths for shares, else tenths."""
    if unit.startswith("元"):
        return 100
    return 10_000 if is_dimensionless(unit) else 10


def in_words(unit: str, lang: str) -> str:
    """The unit as it follows a number in a sentence."""
    if lang == "zh":
        return _CHINESE.get(unit, unit)
    above, _, below = unit.partition("/")
    return f"{_ENGLISH[above]}/{_ENGLISH_PER[below]}" if below else _ENGLISH.get(unit, unit)
