"""All sources of a household side by side: which value counts, of what date, from whom, and where two disagree."""

from collections.abc import Callable, Mapping
from functools import reduce
from typing import Any

import ibis
from ibis import Table, Value

from shouwang.rules.vocabulary import FactSpec, Kind, Vocabulary
from shouwang.screening.facts import circumstances, guarantees, home, spending
from shouwang.screening.facts.pieces import Context, Piece, day_of
from shouwang.screening.facts.visits import FORESEEN, Visited

COMPUTED = "computed"
STORED = {Kind.NUMBER: "int64", Kind.YES_NO: "boolean", Kind.CATEGORY: "string", Kind.SET: "array<string>"}
_BROKEN = tuple(f"{guarantee}__broken_since" for guarantee in ("school", "insurance", "housing", "water"))
_GUARANTEES = ("out_of_school", "uninsured_members", "housing_grade", "water_safe")


def pieces(ctx: Context) -> list[Piece]:
    """Every source but the visits."""
    makers: list[Callable[[Context], Piece]] = [
        home.people, home.incomes, home.earner_lost, spending.labour_lost,
        guarantees.school, guarantees.insurance, guarantees.housing, guarantees.water,
        circumstances.support, circumstances.assets, circumstances.employment, circumstances.disability,
        circumstances.loans,
    ]  # fmt: skip
    return [*(make(ctx) for make in makers), *spending.sums(ctx)]


def facts_table(ctx: Context, vocabulary: Vocabulary, visits: Visited) -> Table:
    """The facts of every household of the register.

    Shape: one row per household: household_no, household_id, area_code; per fact its stored value, `__as_of` and
    `__source`; `contradictions` (facts two sources disagree on); `<dataset>__rows` behind the sums.
    """
    sources = pieces(ctx)
    joined = _joined(ctx, sources, visits)
    told = _told(ctx, joined, sources) | {"register": joined.register}
    columns: dict[str, Value] = {}
    for spec in vocabulary:
        columns |= _fact(ctx, spec, joined, sources, told, visits)
    columns["contradictions"] = _contradictions(ctx, joined, vocabulary, told, visits)
    extras = {
        extra: joined[extra].fill_null(0) for piece in sources for extra in piece.extras if extra.endswith("__rows")
    }
    return joined.select("household_no", "household_id", "area_code", **columns, **extras)


def _joined(ctx: Context, sources: list[Piece], visits: Visited) -> Table:
    """Households with every source's columns; `<piece>__here` says whether a source has a row."""

    def join(left: Table, right: Table) -> Table:
        return left.left_join(right, "household_no", rname="{name}__again").drop("household_no__again")

    tables = [piece.table.mutate(**{f"{piece.name}__here": True}) for piece in sources]
    renamed = visits.table.rename({f"visit__{c}": c for c in visits.table.columns if c != "household_no"})
    households = ctx.tables["households"].select("household_no", "household_id", "area_code", "register")
    return reduce(join, [*tables, renamed], households)


def _told(ctx: Context, joined: Table, sources: list[Piece]) -> dict[str, Value]:
    """What registers and departments say of each fact, silence filled in."""
    told: dict[str, Value] = {}
    for piece in sources:
        for fact, silence in piece.silence.items():
            value = joined[fact]
            if silence is not None:
                absent = ibis.literal(silence, type=value.type())
                value = ibis.ifelse(joined[f"{piece.name}__here"].isnull(), absent, value)
            told[fact] = value
    told[FORESEEN] = ibis.null("int64") if "visits" in ctx.undelivered else ibis.literal(0, "int64")
    told["guarantee_days"] = _guarantee_days(ctx, joined, told)
    return told


def _guarantee_days(ctx: Context, joined: Table, told: Mapping[str, Value]) -> Value:
    """Days since the oldest guarantee known broken broke; 0 where all four hold; unknown where one is unknown."""
    oldest = ibis.least(*(joined[c] for c in _BROKEN))
    days = ibis.literal(ctx.as_of).delta(day_of(oldest), unit="day").cast("int64")
    all_known = reduce(lambda a, b: a & b, (told[g].notnull() for g in _GUARANTEES))
    return ibis.cases((oldest.notnull(), days), (all_known, ibis.literal(0, "int64")), else_=ibis.null("int64"))


def _evidence(ctx: Context, fact: str, joined: Table, sources: list[Piece]) -> tuple[Value, Value]:
    """Date and source of what registers and departments say of a fact."""
    if fact in ("net_income", "transfer_income", "net_income_before", "income_age_months"):
        return joined.income_as_of, joined.income_source.fill_null("incomes")
    for piece in sources:
        if fact in piece.silence:
            as_of = ibis.literal(piece.as_of)
            if fact in piece.dated:
                as_of = ibis.coalesce(joined[f"{fact}__as_of"], as_of)
            return as_of, ibis.literal(piece.source)
    registry = ibis.literal(f"registry {ctx.latest_month['registry']}")
    sources_of: dict[str, Value] = {
        "register": registry, "guarantee_days": ibis.literal(COMPUTED), FORESEEN: ibis.literal(ctx.source("visits")),
    }  # fmt: skip
    as_of = ctx.window.last_day if fact == FORESEEN else ctx.as_of
    return ibis.literal(as_of), sources_of.get(fact, ibis.literal("visits"))


def _fact(
    ctx: Context, spec: FactSpec, joined: Table, sources: list[Piece], told: Mapping[str, Value], visits: Visited
) -> dict[str, Value]:
    """Value, date and source of one fact: a visit's before a department's."""
    name = spec.name
    value: Value = told.get(name, ibis.null(STORED[spec.kind]))
    as_of, source = _evidence(ctx, name, joined, sources)
    if name == "income_contradiction" and "net_income" in visits.facts:
        value = value | _differs(ctx, spec, joined.visit__net_income, told["net_income"]).fill_null(False)
    if name in visits.facts:
        verified = joined[f"visit__{name}"]
        seen = verified.notnull()
        value = ibis.ifelse(seen, verified, value)
        as_of = ibis.ifelse(seen, joined[f"visit__{name}__as_of"], as_of)
        source = ibis.ifelse(seen, joined[f"visit__{name}__source"], source)
    as_of = ibis.ifelse(value.notnull(), as_of, ibis.null("date"))
    return {name: value.cast(STORED[spec.kind]), f"{name}__as_of": as_of, f"{name}__source": source}


def _differs(ctx: Context, spec: FactSpec, verified: Value, told: Value) -> Value:
    if verified.type().is_integer() and spec.kind is not Kind.CATEGORY:
        return home.disagree(verified, told, ctx.settings["income_tolerance_permille"])
    return verified != told


def _contradictions(
    ctx: Context, joined: Table, vocabulary: Vocabulary, told: Mapping[str, Value], visits: Visited
) -> Value:
    """Names of the facts where a visit and a department differ by more than the policy tolerates."""
    silent: dict[str, Any] = {FORESEEN: True}  # nobody but a visit can say what is foreseen
    names = [f for f in sorted(visits.facts) if f in told and f not in silent]
    if not names:
        return ibis.literal([], type="array<string>")
    marks = [
        ibis.ifelse(
            _differs(ctx, vocabulary[f], joined[f"visit__{f}"], told[f]).fill_null(False),
            ibis.literal(f),
            ibis.null("string"),
        )
        for f in names
    ]
    return ibis.array(marks).filter(lambda name: name.notnull())
