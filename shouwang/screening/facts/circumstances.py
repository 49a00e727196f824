"""Facts from the rolls: support, work, disability, assets, loans."""

import ibis
from ibis import Table

from shouwang.screening.facts.home import months_between
from shouwang.screening.facts.pieces import (
    PERHAPS_MORE,
    Context,
    Piece,
    active,
    linked,
)  # fmt: skip
from shouwang.screening.linkage import perhaps_listed
from shouwang.terms.period import Month

ASSET_ROLLS = ("vehicles", "companies", "real_estate", "public_payroll")


def _doubtful_homes(ctx: Context, rows: Table) -> Table:
    """Households with a member whose absence from a roll says nothing. Shape: `household_no`."""
    return perhaps_listed(active(ctx), rows).select("household_no").distinct()


def support(ctx: Context) -> Piece:
    """`support`: kinds of social assistance of any member; `"?"` where a row nobody can use may mean a member."""
    found = linked(ctx, ctx.usable("social_assistance"), "support")
    doubtful = _doubtful_homes(ctx, ctx.roll("social_assistance")).mutate(support=ibis.literal(PERHAPS_MORE))
    facts = _as_set(found.union(doubtful.select("household_no", "support")), "support")
    if "social_assistance" in ctx.undelivered:
        facts = facts.mutate(support=ibis.null("array<string>"))
    silence: dict[str, list[str] | None] = {"support": None if "social_assistance" in ctx.undelivered else []}
    return Piece("support", facts, silence, ctx.month_end("social_assistance"), ctx.source("social_assistance"))


def _as_set(rows: Table, column: str) -> Table:
    """Rows of (household, member of a set) → one sorted set per household."""
    distinct = rows.select("household_no", column).distinct()
    return distinct.group_by("household_no").agg(**{column: lambda t: t[column].collect().sort()})


def assets(ctx: Context) -> Piece:
    """`asset_flags`: rolls a member stands on; questions to answer, never an automatic no."""
    rolls = (ctx.roll(code).select("household_no", "person_key", "name", "faults", "roll") for code in ASSET_ROLLS)
    rows = ibis.union(*rolls)
    found = linked(ctx, rows.filter(rows.faults == 0), "roll").rename(asset_flags="roll")
    doubtful = _doubtful_homes(ctx, rows).mutate(asset_flags=ibis.literal(PERHAPS_MORE))
    facts = _as_set(found.union(doubtful), "asset_flags")
    missing = [code for code in ASSET_ROLLS if code in ctx.undelivered]
    if missing:
        facts = facts.mutate(asset_flags=facts.asset_flags.concat([PERHAPS_MORE]).unique().sort())
    silence = {"asset_flags": [PERHAPS_MORE] if missing else []}
    oldest = min(ctx.month_end(code) for code in ASSET_ROLLS)
    return Piece("assets", facts, silence, oldest, f"{'+'.join(ASSET_ROLLS)} {Month.of(oldest)}")


def employment(ctx: Context) -> Piece:
    """`refusals`, `idle_months` of able members. An able member without a row: unknown."""
    people = active(ctx)
    able = people.filter((people.halves > 0) & ~people.at_school)
    rows = ctx.usable("employment").filter(lambda t: t.person_key.notnull())
    idle = months_between(rows.idle_since, ibis.literal(ctx.as_of))
    idle = ibis.cases((rows.status != "idle", 0), (idle < 0, 0), else_=idle)
    refused = rows.refused_jobs + rows.refused_training  # an empty cell is not "none"
    per_person = rows.select("person_key", refused=refused.cast("int64"), idle=idle.cast("int64")).group_by(
        "person_key"
    )
    work = per_person.agg(refused=lambda t: t.refused.max(), idle=lambda t: t.idle.max())
    joined = able.left_join(work, "person_key")
    grouped = joined.group_by("household_no").agg(
        able=lambda t: t.count(),
        told=lambda t: t.refused.count(),
        settled=lambda t: t.idle.count(),
        refused=lambda t: t.refused.sum(),
        idle=lambda t: t.idle.max(),
    )
    unknown = ibis.null("int64")
    facts = grouped.select(
        "household_no",
        refusals=ibis.ifelse(grouped.told == grouped.able, grouped.refused.cast("int64"), unknown),
        idle_months=ibis.ifelse(grouped.settled == grouped.able, grouped.idle, unknown),
    )
    missing = "employment" in ctx.undelivered
    if missing:
        facts = facts.mutate(refusals=unknown, idle_months=unknown)
    silence = dict.fromkeys(("refusals", "idle_months"), None if missing else 0)
    return Piece("employment", facts, silence, ctx.month_end("employment"), ctx.source("employment"))


def disability(ctx: Context) -> Piece:
    """`disability_grade_new`: the severest grade newly certified or raised in the window; 0 none."""
    rows = ctx.in_window("disability_cards")
    new = rows.filter(rows.act.isin(["新办", "升级"]))
    found = linked(ctx, new, "grade", "happened_on")
    facts = found.group_by("household_no").agg(
        disability_grade_new=lambda t: t.grade.cast("int64").min(),
        disability_grade_new__as_of=lambda t: t.happened_on.max(),
    )
    missing = "disability_cards" in ctx.undelivered
    if missing:
        facts = facts.mutate(disability_grade_new=ibis.null("int64"))
    silence = {"disability_grade_new": None if missing else 0}
    dated = frozenset({"disability_grade_new"})
    return Piece("disability", facts, silence, ctx.window.last_day, ctx.source("disability_cards"), dated)


def loans(ctx: Context) -> Piece:
    """`overdue_days`: the longest overdue of a member's loans; 0 none."""
    found = linked(ctx, ctx.usable("loans"), "days_overdue")
    known = found.group_by("household_no").agg(overdue=lambda t: t.days_overdue.max().cast("int64"))
    doubtful = _doubtful_homes(ctx, ctx.roll("loans")).mutate(doubtful=True)
    joined = known.outer_join(doubtful, "household_no")
    unclear = joined.doubtful.fill_null(False) & (joined.overdue.fill_null(0) == 0)
    facts = joined.select(
        household_no=ibis.coalesce(joined.household_no, joined.household_no_right),
        overdue_days=ibis.ifelse(unclear, ibis.null("int64"), joined.overdue.fill_null(0)),
    )
    missing = "loans" in ctx.undelivered
    if missing:
        facts = facts.mutate(overdue_days=ibis.null("int64"))
    silence = {"overdue_days": None if missing else 0}
    return Piece("loans", facts, silence, ctx.month_end("loans"), ctx.source("loans"))


def illnesses(ctx: Context) -> Piece:
    """`illnesses`: serious and chronic illnesses on record, a flag beside the facts; no rule uses it."""
    rows = ctx.usable("serious_illness")
    found = linked(ctx, rows.filter(rows.happened_on <= ctx.as_of), "illness").rename(illnesses="illness")
    facts = _as_set(found, "illnesses")
    extras = frozenset({"illnesses"})
    return Piece("illnesses", facts, {}, ctx.window.last_day, ctx.source("serious_illness"), extras=extras)
