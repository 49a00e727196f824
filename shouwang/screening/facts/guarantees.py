"""The guarantees: school, medical insurance, housing, water; and how long the oldest broken one has stood."""

from datetime import date

import ibis
from ibis import Table, Value

from shouwang.screening.facts.pieces import (
    Context,
    Piece,
    active,
    day_number,
    day_of,
    linked,
    unlinked_names,
)  # fmt: skip
from shouwang.screening.linkage import without_row

BROKEN_SINCE = "broken_since"
"""Suffix of the column with the day number from which a guarantee has been broken; null where it is not."""


def school(ctx: Context) -> Piece:
    """`out_of_school`: children of compulsory age out of school without a health reason.

    Unknown where one of them has no record.
    """
    children = active(ctx)
    age = _age(ctx.as_of, children.birth_date)
    of_age = age.between(ctx.settings["compulsory_age_from"], ctx.settings["compulsory_age_to"])
    children = children.filter(of_age | children.birth_date.isnull())
    states = _school_states(ctx)
    joined = children.left_join(states, "person_key")
    is_out = ibis.ifelse(joined.birth_date.isnull(), ibis.null("boolean"), joined.is_out)
    table = joined.select("household_no", "changed", is_out=is_out)
    grouped = table.group_by("household_no").agg(
        children=lambda t: t.count(),
        known=lambda t: t.is_out.count(),
        out=lambda t: t.is_out.sum(),
        first=lambda t: t.changed.min(where=t.is_out),
        newest=lambda t: t.changed.max(),
    )
    complete = grouped.known == grouped.children
    facts = grouped.select(
        "household_no",
        out_of_school=_unless(ctx, "school_roll", ibis.ifelse(complete, grouped.out.cast("int64"), ibis.null("int64"))),
        out_of_school__as_of=day_of(grouped.newest),
        school__broken_since=grouped.first,
        school_roll__rows=grouped.known,
    )
    silence = {"out_of_school": 0}  # a household without a child of that age has none out of school
    extras = {"school__broken_since": None, "school_roll__rows": 0}
    dated = frozenset({"out_of_school"})
    return Piece("school", facts, silence, ctx.window.last_day, ctx.source("school_roll"), dated, extras)


def _unless(ctx: Context, code: str, value: Value) -> Value:
    return ibis.null(value.type()) if code in ctx.undelivered else value


def _age(as_of: date, birth: Value) -> Value:
    had_birthday = (birth.month() * 100 + birth.day()) <= as_of.month * 100 + as_of.day
    return as_of.year - birth.year() - ibis.ifelse(had_birthday, 0, 1)


def _school_states(ctx: Context) -> Table:
    """The newest record of each pupil: `is_out` (null where the record does not settle it), `changed` (day number)."""
    rows = ctx.usable("school_roll")
    rows = rows.filter((rows.happened_on <= ctx.as_of) & rows.person_key.notnull())
    healthy = ~rows.reason.fill_null("").contains("健康")
    meaning = ibis.cases(
        (rows.status == "在读", 0),
        (rows.status.isin(["辍学", "休学"]) & ~healthy, 0),
        (rows.status.isin(["辍学", "休学"]), 1),
        (rows.stage.fill_null("").contains("初中"), 0),
        else_=2,
    )
    packed = day_number(rows.happened_on) * 10 + meaning  # newest first; of one day the worse
    newest = rows.select("person_key", packed=packed).group_by("person_key").agg(packed=lambda t: t.packed.max())
    state = newest.packed % 10
    return newest.select(
        "person_key",
        is_out=ibis.cases((state == 0, False), (state == 1, True), else_=ibis.null("boolean")),
        changed=((newest.packed - state) / 10).round().cast("int64"),
    )


def insurance(ctx: Context) -> Piece:
    """`uninsured_members`: members without valid medical insurance; unknown where a row nobody owns bears their name.

    Insurance is bought by calendar year: who has none in a month's roll has had none since 1 January.
    """
    people = active(ctx)
    rows = ctx.usable("medical_insurance")
    insured = rows.filter(rows.status == "insured")
    names = unlinked_names(ctx, "medical_insurance")
    absent = without_row(people, insured, names)
    told = rows.filter((rows.status == "not") & rows.person_key.notnull()).select("person_key", told=True).distinct()
    absent = absent.left_join(told, "person_key")
    doubtful = absent.perhaps & absent.told.isnull()
    grouped = (
        absent.select("household_no", "since", doubtful=doubtful)
        .group_by("household_no")
        .agg(uninsured=lambda t: t.count(), doubtful=lambda t: t.doubtful.sum(), joined=lambda t: t.since.min())
    )
    january = ibis.literal(ctx.window.end.year * 10_000 + 101, "int64")
    known = grouped.doubtful == 0
    facts = grouped.select(
        "household_no",
        uninsured_members=_unless(ctx, "medical_insurance", ibis.ifelse(known, grouped.uninsured, ibis.null("int64"))),
        insurance__broken_since=ibis.ifelse(
            known, ibis.greatest(january, day_number(grouped.joined).fill_null(0)), ibis.null("int64")
        ),
    )
    missing = "medical_insurance" in ctx.undelivered
    silence = {"uninsured_members": None if missing else 0}
    extras = {"insurance__broken_since": None}
    return Piece("insurance", facts, silence, ctx.window.last_day, ctx.source("medical_insurance"), extras=extras)


def housing(ctx: Context) -> Piece:
    """`housing_grade`: the newest appraisal; of several on one day the worst. No record ever: unknown."""
    rows = ctx.usable("housing")
    rows = rows.filter(rows.happened_on <= ctx.as_of)
    found = linked(ctx, rows, "grade", "happened_on")
    rank = found.grade.cases(("A", 1), ("B", 2), ("C", 3), else_=4)
    found = found.mutate(packed=day_number(found.happened_on) * 10 + rank)
    grouped = found.group_by("household_no").agg(packed=lambda t: t.packed.max(), n=lambda t: t.count())
    newest = grouped.packed % 10
    since = standing_since(
        found.select("household_no", day=day_number(found.happened_on), broken=rank > 2), "household_no"
    )
    joined = grouped.left_join(since, "household_no")
    grade = newest.cases((1, "A"), (2, "B"), (3, "C"), else_="D")
    facts = joined.select(
        "household_no",
        housing_grade=_unless(ctx, "housing", grade),
        housing_grade__as_of=day_of(((grouped.packed - newest) / 10).round().cast("int64")),
        housing__broken_since=joined.broken_since,
        housing__rows=joined.n,
    )
    extras = {"housing__broken_since": None, "housing__rows": 0}
    dated = frozenset({"housing_grade"})
    return Piece("housing", facts, {"housing_grade": None}, ctx.window.last_day, ctx.source("housing"), dated, extras)


def standing_since(states: Table, key: str) -> Table:
    """Since when a state has been broken without a good record after it.

    Shape: in, `key`, `day` (day number), `broken`; out, one row per key that stands broken, `broken_since`.
    """
    bad = states.filter(states.broken)
    good = states.semi_join(bad, key).filter(lambda t: ~t.broken)
    last_good = good.group_by(key).agg(good_until=lambda t: t.day.max())
    joined = bad.left_join(last_good, key)
    standing = joined.filter(joined.good_until.isnull() | (joined.day > joined.good_until))
    return standing.group_by(key).agg(broken_since=lambda t: t.day.min())


def water(ctx: Context) -> Piece:
    """`water_safe` by village: clean and near enough. A village never assessed: unknown."""
    rows = ctx.tables["water"]
    rows = rows.filter((rows.faults == 0) & (rows.happened_on <= ctx.as_of) & rows.area_code.notnull())
    safe = (rows.clean == "yes") & (rows.radius_metres <= ctx.settings["water_radius_metres"])
    states = rows.select("area_code", day=day_number(rows.happened_on), broken=~safe)
    packed = states.mutate(packed=states.day * 10 + states.broken.cast("int64"))
    newest = packed.group_by("area_code").agg(packed=lambda t: t.packed.max())
    broken = newest.packed % 10
    since = standing_since(states, "area_code")
    joined = newest.left_join(since, "area_code")
    villages = joined.select(
        "area_code",
        water_safe=_unless(ctx, "water", broken == 0),
        water_safe__as_of=day_of(((newest.packed - broken) / 10).round().cast("int64")),
        water__broken_since=joined.broken_since,
    )
    homes = ctx.tables["households"].select("household_no", "area_code")
    facts = homes.inner_join(villages, "area_code").drop("area_code")
    extras = {"water__broken_since": None}
    dated = frozenset({"water_safe"})
    return Piece("water", facts, {"water_safe": None}, ctx.window.last_day, ctx.source("water"), dated, extras)
