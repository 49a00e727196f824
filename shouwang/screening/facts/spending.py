"""Facts that are sums of events in the window, and what an accident takes from a household's labour."""

from collections.abc import Mapping
from dataclasses import dataclass

import ibis
from ibis import Table, Value

from shouwang.screening.facts.pieces import Context, Piece, linked


@dataclass(frozen=True)
class _Sum:
    fact: str
    dataset: str

    def amount(self, rows: Table) -> Value:
        """Fen of one row; below nothing where aid or a payment goes beyond it."""
        amounts: Mapping[str, Value] = {
            "medical_settlements": lambda: rows.self_paid,
            "insurance_claims": lambda: rows.paid,
            "school_fees": lambda: rows.due - rows.aid,
            "disaster_losses": lambda: rows.loss - rows.compensated,
            "accidents": lambda: rows.borne,
        }
        return amounts[self.dataset]()


SUMS = (
    _Sum("medical_spending", "medical_settlements"),
    _Sum("insurance_claims", "insurance_claims"),
    _Sum("school_spending", "school_fees"),
    _Sum("disaster_loss", "disaster_losses"),
    _Sum("accident_spending", "accidents"),
)


def sums(ctx: Context) -> list[Piece]:
    """One piece per kind of spending or claim: Σ over the window. No row is 0 where every month was delivered.

    A sum never falls below nothing: aid beyond all fees is no income.
    """
    return [_sum(ctx, one) for one in SUMS]


def _sum(ctx: Context, one: _Sum) -> Piece:
    rows = ctx.in_window(one.dataset)
    found = linked(ctx, rows.mutate(amount=one.amount(rows)), "amount", "happened_on")
    count = f"{one.dataset}__rows"
    facts = found.group_by("household_no").agg(
        **{
            one.fact: lambda t: t.amount.sum().cast("int64").clip(lower=0),
            f"{one.fact}__as_of": lambda t: t.happened_on.max(),
            count: lambda t: t.count(),
        }
    )
    if one.dataset in ctx.undelivered:
        facts = facts.mutate(**{one.fact: ibis.null("int64")})
    silence = {one.fact: None if one.dataset in ctx.undelivered else 0}
    source = ctx.source(one.dataset)
    return Piece(one.dataset, facts, silence, ctx.window.last_day, source, frozenset({one.fact}), frozenset({count}))


def labour_lost(ctx: Context) -> Piece:
    """People an accident of the window keeps from work for a month or longer."""
    rows = ctx.in_window("accidents")
    long = rows.filter(rows.days_off >= ctx.settings["unable_days"])
    found = linked(ctx, long, "person_key", "happened_on")
    facts = found.group_by("household_no").agg(
        labour_lost=lambda t: t.person_key.nunique(), labour_lost__as_of=lambda t: t.happened_on.max()
    )
    missing = "accidents" in ctx.undelivered
    if missing:
        facts = facts.mutate(labour_lost=ibis.null("int64"))
    silence = {"labour_lost": None if missing else 0}
    return Piece(
        "labour_lost", facts, silence, ctx.window.last_day, ctx.source("accidents"), frozenset({"labour_lost"})
    )
