"""What visits verified: one value counts until a newer verified one, before any department's."""

from dataclasses import dataclass

import ibis
from ibis import Table, Value

from shouwang.rules.vocabulary import Kind, Vocabulary
from shouwang.screening.facts.pieces import Context, day_number, day_of

FORESEEN = "expected_spending"


@dataclass(frozen=True)
class Visited:
    """Verified values. Shape: `household_no` and, per fact of `facts`, `<fact>`, `<fact>__as_of`, `<fact>__source`."""

    table: Table
    facts: frozenset[str]


def visited(ctx: Context, vocabulary: Vocabulary, present: frozenset[str]) -> Visited:
    """The newest verified value of each fact in `present` (facts that occur in the visits at all)."""
    rows = ctx.tables["visits"]
    rows = rows.filter((rows.faults == 0) & rows.household_no.notnull())
    rows = rows.filter((rows.happened_on <= ctx.window.last_day) & (rows.recorded_on <= ctx.window.last_day))
    rows = rows.filter((rows.fact != FORESEEN) | (rows.happened_on > _foresight_start(ctx)))
    rows = rows.mutate(order=day_number(rows.happened_on) * 10**8 + day_number(rows.recorded_on))
    newest = rows.group_by("household_no", "fact").agg(order=lambda t: t.order.max())
    chosen = rows.inner_join(newest, ["household_no", "fact", "order"])
    columns = {}
    for fact in sorted(present):
        here = chosen.fact == fact
        columns[fact] = _value(chosen, vocabulary[fact].kind, here)
        columns[f"{fact}__order"] = chosen.order.max(where=here)
    pivot = chosen.group_by("household_no").agg(**columns)
    return Visited(pivot.select("household_no", *_evidence(pivot, present)), present)


def _foresight_start(ctx: Context) -> Value:
    """Spending foreseen before this day has come, or has not: it is no longer foreseen."""
    return ibis.literal(ctx.as_of) - ibis.interval(months=ctx.settings["foresight_months"])


def _value(rows: Table, kind: Kind, here: Value) -> Value:
    """Of two values of one day the higher, so that no order is left to chance."""
    if kind is Kind.NUMBER:
        return rows.number.max(where=here)
    if kind is Kind.YES_NO:
        return rows.word.max(where=here) == "yes"
    return rows.word.max(where=here)


def _evidence(pivot: Table, present: frozenset[str]) -> list[Value]:
    chosen = []
    for fact in sorted(present):
        order = pivot[f"{fact}__order"]
        recorded = order % 10**8
        seen_on = day_of(((order - recorded) / 10**8).round().cast("int64"))
        month = day_of(recorded).strftime("%Y-%m")
        chosen += [
            pivot[fact],
            seen_on.name(f"{fact}__as_of"),
            ibis.literal("visits ").concat(month).name(f"{fact}__source"),
        ]
    return chosen
