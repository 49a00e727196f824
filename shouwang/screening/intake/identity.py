"""Id numbers as whole numbers, so that millions of them join fast: seventeen digits × 11 + check digit.

The key holds all eighteen characters. The register's keys are checked (check digit, birth date); a key of an
extract that equals a checked one is therefore right too.
"""

import ibis
from ibis import Value

_WRITTEN = "０１２３４５６７８９Ｘｘx 　'"
_PLAIN = "0123456789XXX"  # shorter on purpose: spaces and apostrophes, at the end, are taken out
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
"""GB 11643: weights of the seventeen digits; (12 − Σ mod 11) mod 11 is the check digit, 10 written X."""


@ibis.udf.scalar.builtin(name="divide", signature=(("int64", "int64"), "int64"))
def _whole(a, b): ...  # type: ignore[no-untyped-def]  # DuckDB's integer division


@ibis.udf.scalar.builtin(name="translate", signature=(("string", "string", "string"), "string"))
def _translate(a, b, c): ...  # type: ignore[no-untyped-def]


def _key18(text: Value) -> Value:
    last = text.substr(17, 1)
    check = ibis.ifelse(last == "X", ibis.literal(10, "int64"), last.try_cast("int64"))
    return ibis.ifelse(text.length() == 18, text.substr(0, 17).try_cast("int64") * 11 + check, ibis.null("int64"))


def _checksum(seventeen: Value) -> Value:
    total = ibis.literal(0, "int64")
    for place, weight in enumerate(WEIGHTS):
        digit = _whole(seventeen, ibis.literal(10 ** (16 - place), "int64")) % 10
        total = total + digit * weight
    return (12 - total % 11) % 11


def person_key(text: Value) -> Value:
    """The key of an id as written (18; 15; 20 or 22 of a disability card). Unknown: not readable as an id at all."""
    folded = _translate(text, _WRITTEN, _PLAIN)
    old = (folded.substr(0, 6).concat("19").concat(folded.substr(6, 9))).try_cast("int64")
    length = folded.length()
    other = ibis.cases(
        (length == 15, old * 11 + _checksum(old)),
        (length.isin([18, 20, 22]), _key18(folded.substr(0, 18))),
        else_=ibis.null("int64"),
    )
    return ibis.coalesce(_key18(text), other)


def is_sound(key: Value) -> Value:
    """True where check digit and birth date of a key hold. Unknown where the key is."""
    seventeen = _whole(key, ibis.literal(11, "int64"))
    birth = _whole(seventeen, ibis.literal(1000, "int64")) % 100_000_000
    year, month, day = _whole(birth, ibis.literal(10_000, "int64")), _whole(birth, ibis.literal(100, "int64")) % 100, birth % 100
    text = year.cast("string").concat("-", month.cast("string").lpad(2, "0"), "-", day.cast("string").lpad(2, "0"))
    return (_checksum(seventeen) == key % 11) & text.try_cast("date").notnull()
