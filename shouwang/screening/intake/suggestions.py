"""A wrong id with exactly one plausible repair: a suggestion for a person, never a repair by itself.

A repair is one slip undone: one character mistyped, or two neighbours swapped. It is plausible where check digit and
birth date hold and the register knows somebody by it. `terms.id_number.repairs` is the same for one id.
"""

import ibis
import pyarrow as pa
from ibis import Table, Value

from shouwang.screening.intake.identity import WEIGHTS
from shouwang.terms.id_number import FIRST_YEAR, LAST_YEAR

MACROS = (
    # Of a key (seventeen digits × 11 + check), with p the power of ten of a digit's place. Eleven is prime: in each
    # place at most one digit makes the check hold, the old one less excess ÷ weight.
    "create or replace macro id_digit(n, p) as n // p % 10",
    "create or replace macro id_excess(key) as (key % 11 - id_check(key // 11) + 11) % 11",
    "create or replace macro id_replaced(key, p, digit) as case when digit < 10"
    " then (key // 11 + (digit - id_digit(key // 11, p)) * p) * 11 + key % 11 end",
    "create or replace macro id_substituted(key, excess, p, inverse) as"
    " id_replaced(key, p, (id_digit(key // 11, p) + 110 - excess * inverse) % 11)",
    "create or replace macro id_swapped_digits(n, p) as n + (id_digit(n, p) - id_digit(n, p * 10)) * 9 * p",
    "create or replace macro id_swapped(key, p) as id_swapped_digits(key // 11, p) * 11 + key % 11",
    "create or replace macro id_swapped_last(key) as case when key % 11 < 10"
    " then (key // 11 // 10 * 10 + key % 11) * 11 + key // 11 % 10 end",
    f"create or replace macro id_plausible(key) as id_sound(key) and key // 11 // 10000000 % 10000 between {FIRST_YEAR}"
    f" and {LAST_YEAR}",
    "create or replace macro id_rechecked(key) as key // 11 * 11 + id_check(key // 11)",
    "create or replace macro id_slip_undone(key, excess, slip, p, inverse) as case slip when 'digit' then"
    " id_substituted(key, excess, p, inverse) when 'swap' then id_swapped(key, p)"
    " when 'swap last' then id_swapped_last(key) else id_rechecked(key) end",
)
_SLIPS = [
    *({"slip": "digit", "p": 10**place, "inverse": pow(WEIGHTS[16 - place], -1, 11)} for place in range(17)),
    *({"slip": "swap", "p": 10**place, "inverse": 0} for place in range(16)),
    {"slip": "swap last", "p": 1, "inverse": 0},
    {"slip": "check", "p": 1, "inverse": 0},
]
_SCHEMA = pa.schema([("slip", pa.string()), ("p", pa.int64()), ("inverse", pa.int64())])


@ibis.udf.scalar.builtin(name="id_excess", signature=(("int64",), "int64"))
def _excess(key): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="id_slip_undone", signature=(("int64", "int64", "string", "int64", "int64"), "int64"))
def _slip_undone(key, excess, slip, p, inverse): ...  # type: ignore[no-untyped-def]


@ibis.udf.scalar.builtin(name="id_plausible", signature=(("int64",), "boolean"))
def _plausible(key): ...  # type: ignore[no-untyped-def]


def repairs(bad: Table) -> Table:
    """Every sound key one slip away from a bad one.

    `bad`: `person_key`, of eighteen characters and not sound. An X that slipped one place forward leaves no key, and no
    repair. Shape: `person_key`, `repaired`, each pair once.
    """
    slips = ibis.memtable(pa.Table.from_pylist(_SLIPS, schema=_SCHEMA))
    wrong = bad.select("person_key").distinct()
    tried = wrong.mutate(excess=_excess(wrong.person_key)).cross_join(slips)
    undone: Value = _slip_undone(tried.person_key, tried.excess, tried.slip, tried.p, tried.inverse)
    keyed = tried.select("person_key", repaired=undone)
    return keyed.filter((keyed.repaired != keyed.person_key) & _plausible(keyed.repaired)).distinct()


def suggestions(bad: Table, register: Table) -> Table:
    """The one repair that the register knows; nothing where it knows none or several.

    `bad`: as in `repairs`. `register`: `person_key`. Shape: `person_key`, `suggested`; `person_key` is unique.
    """
    known = repairs(bad).semi_join(register.select(repaired="person_key"), "repaired")
    counted = known.group_by("person_key").agg(n=lambda t: t.count(), suggested=lambda t: t.repaired.max())
    return counted.filter(counted.n == 1).select("person_key", "suggested")
