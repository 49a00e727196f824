"""Facts the register itself holds: people, labour, head, incomes."""

import ibis
from ibis import Table, Value

from shouwang.screening.facts.pieces import Context, Piece, active, day_number, linked

MONTHS_A_YEAR = 12
MOST_FEN = 10**11 - 1
"""More than any household earns; with a day number before it, still a machine integer."""


def people(ctx: Context) -> Piece:
    """`members`, `labour_units` (halves), `has_head`. A household nobody belongs to has 0 members."""
    members = active(ctx)
    unable = _unable_today(ctx)
    joined = members.left_join(unable, "person_key")
    idle = joined.at_school | joined.unable.fill_null(False)
    halves = ibis.ifelse(idle, ibis.literal(0, "int64"), joined.halves.cast("int64"))
    table = joined.select("household_no", "is_head", halves=halves).group_by("household_no")
    grouped = table.agg(
        members=lambda t: t.count(),
        known=lambda t: t.halves.count(),
        halves=lambda t: t.halves.sum(),
        heads=lambda t: t.is_head.sum(),
    )
    facts = grouped.select(
        "household_no",
        members=grouped.members,
        labour_units=ibis.ifelse(grouped.known == grouped.members, grouped.halves, ibis.null("int64")).cast("int64"),
        has_head=grouped.heads > 0,
    )
    month = ctx.latest_month["registry"]
    silence = {"members": 0, "labour_units": 0, "has_head": False}
    return Piece("people", facts, silence, ctx.as_of, f"registry {month}")


def _unable_today(ctx: Context) -> Table:
    """People an accident keeps from work on the as-of date."""
    rows = ctx.in_window("accidents")
    days = ibis.literal(ctx.as_of).delta(rows.happened_on, unit="day")
    return rows.filter(rows.person_key.notnull() & (rows.days_off > days)).select("person_key", unable=True).distinct()


def _month_index(day: Value) -> Value:
    """Months since year 0 of the day after: two month ends are whole months apart."""
    after = day + ibis.interval(days=1)
    return after.year().cast("int64") * MONTHS_A_YEAR + after.month()


def months_between(earlier: Value, later: Value) -> Value:
    """Whole months from one date to another; two month ends are whole months apart (terms/period.py)."""
    a, b = earlier + ibis.interval(days=1), later + ibis.interval(days=1)
    return _month_index(later) - _month_index(earlier) - ibis.ifelse(b.day() < a.day(), 1, 0)


def incomes(ctx: Context) -> Piece:
    """`net_income` of the newest window and of a year before it, its age, its transfers, whether two figures differ.

    Of two figures for one window the one collected last counts; it is never averaged.
    """
    rows = ctx.tables["incomes"]
    per_window = rows.mutate(ends=_month_index(rows.window_to)).group_by("household_no", "ends")
    windows = per_window.agg(
        net_income=lambda t: t.net_income.argmax(_collected(t)),
        transfer_income=lambda t: t.transfer_income.argmax(_collected(t)),
        source=lambda t: t.source.argmax(_collected(t)),
        window_to=lambda t: t.window_to.max(),
        lowest=lambda t: t.net_income.min(),
        highest=lambda t: t.net_income.max(),
    )
    newest = windows.group_by("household_no").agg(ends=lambda t: t.ends.max())
    latest = windows.inner_join(newest, ["household_no", "ends"])
    before = windows.select(
        "household_no",
        ends=windows.ends + MONTHS_A_YEAR,
        net_income_before=windows.net_income,
        net_income_before__as_of=windows.window_to,
    )
    joined = latest.left_join(before, ["household_no", "ends"])
    facts = joined.select(
        "household_no",
        net_income=joined.net_income,
        net_income_before=joined.net_income_before,
        net_income_before__as_of=joined.net_income_before__as_of,
        transfer_income=joined.transfer_income,
        income_age_months=months_between(joined.window_to, ibis.literal(ctx.as_of)),
        income_contradiction=disagree(joined.lowest, joined.highest, ctx.settings["income_tolerance_permille"]),
        _income_as_of=joined.window_to,
        _income_source=ibis.literal("incomes ").concat(joined.source.fill_null("")).strip(),
    )
    silence = dict.fromkeys(("net_income", "net_income_before", "transfer_income", "income_age_months")) | {
        "income_contradiction": False
    }
    extras = frozenset({"_income_as_of", "_income_source"})
    return Piece("incomes", facts, silence, ctx.as_of, "incomes", extras=extras)


def _collected(rows: Table) -> Value:
    """Orders figures of one window: collected last, and of those the lower one, so that no order is left to chance."""
    poorest_first = MOST_FEN - rows.net_income.clip(0, MOST_FEN)
    return day_number(rows.collected_on) * (MOST_FEN + 1) + poorest_first


def disagree(a: Value, b: Value, permille: int) -> Value:
    """True where two amounts differ by more than so many thousandths of the larger."""
    larger = ibis.greatest(a.abs(), b.abs())
    return ((a - b).abs() * 1000 > larger * permille).fill_null(False)


def earner_lost(ctx: Context) -> Piece:
    """Whether the main earner died or was taken away in the window.

    The main earner is the head where able to work, else the eldest able member (labour 1 in the register).
    """
    events = ctx.in_window("vital_events")
    lost = linked(ctx, events.filter(events.event.isin(["死亡", "服刑", "强戒"])), "person_key", "happened_on")
    homes = lost.select("household_no").distinct()
    people = ctx.tables["members"]
    present = people.active | (people.until > ctx.window.first_day)
    able = people.filter(present.fill_null(False) & (people.halves == 2) & people.person_key.notnull())
    able = able.semi_join(homes, "household_no")
    able = able.mutate(was_head=able.is_head & able.until.notnull())  # the register names the successor too
    order = [ibis.desc("was_head"), ibis.desc("is_head"), "birth_date", "member_no"]
    rank = ibis.window(group_by="household_no", order_by=order)
    ranked = able.mutate(place=ibis.row_number().over(rank))
    earners = ranked.filter(ranked.place == 0).select("person_key", "household_no")
    gone = lost.inner_join(earners, ["household_no", "person_key"])
    facts = gone.group_by("household_no").agg(earner_lost__as_of=lambda t: t.happened_on.max()).mutate(earner_lost=True)
    silence = {"earner_lost": None if "vital_events" in ctx.undelivered else False}
    source = ctx.source("vital_events")
    return Piece("earner", facts, silence, ctx.window.last_day, source, dated=frozenset({"earner_lost"}))
