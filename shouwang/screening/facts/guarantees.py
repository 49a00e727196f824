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
)  # fmt: skip
from shouwang.screening.linkage import perhaps_listed

BROKEN_SINCE = "broken_since"
"""Suffix of the column with the day number from which a guarantee has been broken; null where it is not."""


def school(ctx: Context) -> Piece:
    """`out_of_school`: children of compulsory age out of school without a health reason.

    Unknown where none is known to be out and one of them has no record that settles it.
    """
    people = active(ctx)
    age = _age(ctx.as_of, people.birth_date)
    of_age = age.between(ctx.settings["compulsory_age_from"], ctx.settings["compulsory_age_to"])
    children = people.filter(of_age | people.birth_date.isnull())
    joined = children.left_join(_school_states(ctx), "person_key")
    is_out = ibis.ifelse(joined.birth_date.isnull(), ibis.null("boolean"), joined.is_out)
    table = joined.select("household_no", "changed", "broken_since", is_out=is_out)
    grouped = table.group_by("household_no").agg(
        unsettled=lambda t: t.count() - t.is_out.count(),
        out=lambda t: t.is_out.sum().cast("int64"),
        oldest=lambda t: t.broken_since.min(where=t.is_out),
        newest=lambda t: t.changed.max(),
    )
    facts = grouped.select(
        "household_no",
        out_of_school=_unless(ctx, "school_roll", _at_least(grouped.out.fill_null(0), grouped.unsettled)),
        out_of_school__as_of=day_of(grouped.newest),
        school__broken_since=grouped.oldest,
    )
    silence = {"out_of_school": 0}  # a household without a child of that age has none out of school
    source, dated = ctx.source("school_roll"), frozenset({"out_of_school"})
    return Piece("school", facts, silence, ctx.window.last_day, source, dated)


def _at_least(known: Value, unsettled: Value) -> Value:
    """What is known to be broken counts; nothing broken is certain only where nobody is unsettled."""
    return ibis.ifelse((known > 0) | (unsettled == 0), known, ibis.null("int64"))


def _unless(ctx: Context, code: str, value: Value) -> Value:
    return ibis.null(value.type()) if code in ctx.undelivered else value


def _age(as_of: date, birth: Value) -> Value:
    had_birthday = (birth.month() * 100 + birth.day()) <= as_of.month * 100 + as_of.day
    return as_of.year - birth.year() - ibis.ifelse(had_birthday, 0, 1)


IN_SCHOOL, UNSETTLED, OUT = 0, 1, 2


def _school_states(ctx: Context) -> Table:
    """The newest record of each pupil.

    Shape: person_key; `is_out` (null where the record does not settle it); day numbers `changed` and `broken_since`.
    """
    rows = ctx.usable("school_roll")
    rows = rows.filter((rows.happened_on <= ctx.as_of) & rows.person_key.notnull())
    away = rows.status.isin(["辍学", "休学"])
    state = ibis.cases(
        (rows.status == "在读", IN_SCHOOL),
        (away & rows.reason.fill_null("").contains("健康"), IN_SCHOOL),  # out for health is not counted
        (away, OUT),
        (rows.stage.fill_null("").contains("初中"), IN_SCHOOL),  # compulsory schooling is done
        else_=UNSETTLED,
    )
    states = rows.select("person_key", day=day_number(rows.happened_on), state=state)
    packed = states.day * 10 + states.state  # newest first; of one day the worst
    newest = states.select("person_key", packed=packed).group_by("person_key").agg(packed=lambda t: t.packed.max())
    last = newest.packed % 10
    since = standing_since(states.select("person_key", "day", broken=states.state == OUT), "person_key")
    joined = newest.left_join(since, "person_key")
    return joined.select(
        "person_key",
        is_out=ibis.cases((last == OUT, True), (last == IN_SCHOOL, False), else_=ibis.null("boolean")),
        changed=((newest.packed - last) / 10).round().cast("int64"),
        broken_since=joined.broken_since,
    )


def insurance(ctx: Context) -> Piece:
    """`uninsured_members`: members without valid medical insurance.

    Unknown where none is known to lack it and a row that cannot be used, or that nobody owns, may be of one of them.
    Insurance is bought by calendar year: who has none in a month's roll has had none since 1 January.
    """
    day = ctx.month_end("medical_insurance")
    rows = ctx.usable("medical_insurance")
    this_year = rows.year.isnull() | (rows.year >= day.year)
    insured = rows.filter((rows.status == "insured") & this_year)
    absent = active(ctx).anti_join(insured.filter(insured.person_key.notnull()), "person_key")
    perhaps = perhaps_listed(absent, ctx.roll("medical_insurance")).select("member_no", doubtful=True)
    joined = absent.left_join(perhaps, "member_no")
    table = joined.select("household_no", "since", doubtful=joined.doubtful.fill_null(False))
    grouped = table.group_by("household_no").agg(
        certain=lambda t: ibis.ifelse(t.doubtful, 0, 1).sum().cast("int64"),
        doubtful=lambda t: t.doubtful.sum().cast("int64"),
        joined=lambda t: t.since.min(where=~t.doubtful),
    )
    january = ibis.literal(day.year * 10_000 + 101, "int64")
    since = ibis.greatest(january, day_number(grouped.joined).fill_null(0))
    facts = grouped.select(
        "household_no",
        uninsured_members=_unless(ctx, "medical_insurance", _at_least(grouped.certain, grouped.doubtful)),
        insurance__broken_since=ibis.ifelse(grouped.certain > 0, since, ibis.null("int64")),
    )
    silence = {"uninsured_members": None if "medical_insurance" in ctx.undelivered else 0}
    return Piece("insurance", facts, silence, day, ctx.source("medical_insurance"))


def housing(ctx: Context) -> Piece:
    """`housing_grade`: the newest appraisal; of several on one day the worst. No record ever: unknown."""
    rows = ctx.usable("housing")
    rows = rows.filter(rows.happened_on <= ctx.as_of)
    found = linked(ctx, rows, "grade", "happened_on")
    rank = found.grade.cases(("A", 1), ("B", 2), ("C", 3), else_=4)
    found = found.mutate(packed=day_number(found.happened_on) * 10 + rank)
    grouped = found.group_by("household_no").agg(packed=lambda t: t.packed.max())
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
    )
    dated = frozenset({"housing_grade"})
    return Piece("housing", facts, {"housing_grade": None}, ctx.window.last_day, ctx.source("housing"), dated)


def standing_since(states: Table, key: str) -> Table:
    """Since when a state has been broken without a good record after it.

    Shape: in, `key`, `day` (day number), `broken`; out, one row per key that stands broken, `broken_since`.
    """
    bad = states.filter(states.broken)
    good = states.semi_join(bad, key).filter(lambda t: ~t.broken)
    last_good = good.group_by(key).agg(good_until=lambda t: t.day.max())
    joined = bad.left_join(last_good, key)
    standing = joined.filter(joined.good_until.isnull() | (joined.day >= joined.good_until))  # of one day the worst
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
    dated = frozenset({"water_safe"})
    return Piece("water", facts, {"water_safe": None}, ctx.window.last_day, ctx.source("water"), dated)
