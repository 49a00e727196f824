"""Rows to people: exact on the checked id number. What does not link is counted and kept, never guessed."""

from dataclasses import dataclass

import ibis
from ibis import Table, Value

from shouwang.screening.datasets import Dataset, Key, Kind
from shouwang.screening.intake.identity import is_sound
from shouwang.terms.period import Period


def with_household(rows: Table, register: Table, key: str) -> Table:
    """Typed rows with the `household_no` their key leads to; unknown where it leads to nobody in the register.

    `register`: the key, unique, and `household_no`; of people `name_hash` too, which is added likewise.
    """
    found = [column for column in ("household_no", "name_hash") if column in register.columns]
    return rows.left_join(register.select(key, *found), key).select(*rows.columns, *found)


def perhaps_listed(people: Table, rows: Table) -> Table:
    """Those of `people` whose absence from a roll says nothing.

    They have no row that can be used, but one of theirs that cannot be, or a row that links to nobody bears their name.
    Shape: `rows` are all typed rows of one or several rolls, named in `roll`; out, member_no, household_no and `roll`.
    """
    here = rows.household_no.notnull()
    strangers = rows.filter(~here & rows.name.notnull()).select("roll", "name").distinct()
    spoilt = rows.filter(here & (rows.faults != 0)).select("roll", "person_key").distinct()
    people = people.select("member_no", "household_no", "person_key", "name")
    named = people.inner_join(strangers, "name").select(*people.columns, "roll")
    either = named.union(people.inner_join(spoilt, "person_key").select(*people.columns, "roll"), distinct=True)
    settled = rows.filter(here & (rows.faults == 0)).select("roll", "person_key")
    return either.anti_join(settled, ["roll", "person_key"]).select("member_no", "household_no", "roll")


@dataclass(frozen=True)
class Tally:
    """What became of a dataset's rows. read = linked + unlinked + set_aside + quarantined."""

    read: int
    linked: int
    unlinked: int
    set_aside: int
    quarantined: int

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(*(getattr(self, f) + getattr(other, f) for f in self.__dataclass_fields__))


NO_ROWS = Tally(0, 0, 0, 0, 0)


SUBJECT = {Key.PERSON: ["person_key"], Key.VILLAGE: ["area_code"], Key.HOUSEHOLD: ["household_no", "fact"]}
"""Whom a row is about: of a state, and of what visits verified, only the newest row of a subject is used."""


RECORDED = "recorded_on"


def is_linked(dataset: Dataset, rows: Table) -> Value:
    """True for rows whose person, household or village is known."""
    return rows.area_code.notnull() if dataset.key is Key.VILLAGE else rows.household_no.notnull()


def counts(dataset: Dataset, rows: Table, *, window: Period) -> Table:
    """What became of a typed and linked dataset's rows, by month.

    Shape: one row per month: read, quarantined, outside, linked, bad_ids (unlinked and no sound id at all), dated,
    own_month (dated in the file's own month).
    """
    good = rows.faults == 0
    outside = good & _outside(dataset, rows, window)
    inside, here = good & ~outside, is_linked(dataset, rows)
    bad_id = ibis.literal(False)
    if dataset.key is Key.PERSON:
        bad_id = ibis.ifelse(here, ibis.literal(False), ~is_sound(rows.person_key).fill_null(False))
    dated = RECORDED if dataset.key is Key.HOUSEHOLD else dataset.date
    day = rows[dated] if dated else ibis.null("date")
    claims = {
        "quarantined": ~good,
        "outside": outside,
        "linked": inside & here,
        "bad_ids": inside & ~here & bad_id,
        "dated": day.notnull(),
        "own_month": (day.year() * 100 + day.month() == rows.month).fill_null(False),
    }
    flags = rows.select("month", **claims)
    return flags.group_by("month").agg(read=flags.count(), **{name: flags.count(where=flags[name]) for name in claims})


def used(dataset: Dataset, rows: Table, *, window: Period) -> Table | None:
    """How many linked rows no newer one supersedes, as `used`; None where every row is used."""
    if dataset.kind is not Kind.STATE and dataset.key is not Key.HOUSEHOLD:
        return None
    inside = rows.filter((rows.faults == 0) & ~_outside(dataset, rows, window))
    subjects = inside.filter(is_linked(dataset, inside)).select(*SUBJECT[dataset.key]).distinct()
    return subjects.aggregate(used=subjects.count())


def _outside(dataset: Dataset, rows: Table, window: Period) -> Value:
    """True for rows this run may not use: before its window, or after its as-of date."""
    if not dataset.date:
        return ibis.literal(False)
    day = rows[dataset.date]
    if dataset.key is Key.HOUSEHOLD:
        return (day > window.last_day) | (rows[RECORDED] > window.last_day)
    if dataset.kind is Kind.EVENTS:
        return ~day.between(window.first_day, window.last_day)
    return day > window.last_day


def tally(rows: list[dict[str, int]], *, used: int | None, mangled: int) -> Tally:
    """Counts by month, plus the lines that were no rows at all → what became of each row."""

    def total(name: str) -> int:
        return sum(row[name] for row in rows)

    linked = total("linked")
    kept = linked if used is None else used
    return Tally(
        read=total("read") + mangled,
        linked=kept,
        unlinked=total("read") - total("quarantined") - total("outside") - linked,
        set_aside=total("outside") + linked - kept,
        quarantined=total("quarantined") + mangled,
    )
