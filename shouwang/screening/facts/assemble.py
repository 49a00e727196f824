"""All sources of a household side by side: which value counts, of what date, from whom, and where two disagree."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, reduce

import ibis
from ibis import Table, Value

from shouwang.rules.engine import stored_text
from shouwang.rules.vocabulary import FactSpec, Kind, Vocabulary
from shouwang.screening.engine import Keep
from shouwang.screening.facts import circumstances, guarantees, home, spending
from shouwang.screening.facts.pieces import Context, Piece, day_number, day_of
from shouwang.screening.facts.visits import FORESEEN, Visited

COMPUTED = "computed"
OTHER_SIDE = "struct<fact: string, value: string, as_of: date, source: string>"
"""What the source says that does not count. Value is text, as in the verdicts."""
STORED = {Kind.NUMBER: "int64", Kind.YES_NO: "boolean", Kind.CATEGORY: "string", Kind.SET: "array<string>"}
OF_THE_INCOME = ("net_income", "transfer_income", "net_income_before", "income_age_months")
GUARANTEES: dict[str, tuple[str, Callable[[Value], Value]]] = {
    "out_of_school": ("school__broken_since", lambda v: v > 0),
    "uninsured_members": ("insurance__broken_since", lambda v: v > 0),
    "housing_grade": ("housing__broken_since", lambda v: v.isin(["C", "D"])),
    "water_safe": ("water__broken_since", lambda v: ~v),
}
"""Guarantees whose days count: since when departments say it is broken, and when a value says so."""


def pieces(ctx: Context) -> list[Piece]:
    """Every source but the visits."""
    makers: list[Callable[[Context], Piece]] = [
        home.people, home.incomes, home.earner_lost, spending.labour_lost,
        guarantees.school, guarantees.insurance, guarantees.housing, guarantees.water,
        circumstances.support, circumstances.assets, circumstances.employment, circumstances.disability,
        circumstances.loans, circumstances.illnesses,
    ]  # fmt: skip
    return [*(make(ctx) for make in makers), *spending.sums(ctx)]


def facts_table(ctx: Context, vocabulary: Vocabulary, visits: Visited, keep: Keep) -> Table:
    """The facts of every household of the register.

    Shape: one row per household: household_no, household_id, area_code; per fact its stored value, `__as_of` and
    `__source`; `contradictions` (facts two sources disagree on) and `contradicted` (the
    side of each that does not count); what else the sources keep, as `<dataset>__rows`.

    Each source is computed and stored before they meet, so that an engine plans many small things, not one large one.
    """
    sources = [replace(piece, table=keep(piece.table, f"facts_of_{piece.name}")) for piece in pieces(ctx)]
    stored = replace(visits, table=keep(visits.table, "facts_of_visits"))
    assembly = _Assembly(ctx, vocabulary, sources, stored, _joined(ctx, sources, stored))
    columns: dict[str, Value] = {}
    for spec in vocabulary:
        columns |= assembly.evidence(spec)
    columns["contradictions"] = assembly.contradictions()
    columns["contradicted"] = assembly.contradicted()
    joined = assembly.joined
    for piece in sources:
        columns |= {name: joined[name] for name in piece.extras if not name.startswith("_")}
    return joined.select("household_no", "household_id", "area_code", **columns)


def _joined(ctx: Context, sources: list[Piece], visits: Visited) -> Table:
    """Households with every source's columns; `household_no__<piece>` is null where a source has no row."""
    joined = ctx.tables["households"].select("household_no", "household_id", "area_code", "register")
    for piece in sources:
        joined = joined.left_join(piece.table, "household_no", rname=f"{{name}}__{piece.name}")
    renamed = visits.table.rename({f"visit__{c}": c for c in visits.table.columns if c != "household_no"})
    return joined.left_join(renamed, "household_no", rname="{name}__visits")


@dataclass(frozen=True)
class _Assembly:
    ctx: Context
    vocabulary: Vocabulary
    sources: list[Piece]
    visits: Visited
    joined: Table

    @cached_property
    def told(self) -> dict[str, Value]:
        """What register and departments say of each fact, silence filled in."""
        joined, told = self.joined, {"register": self.joined.register}
        for piece in self.sources:
            for fact, silence in piece.silence.items():
                value = joined[fact]
                if silence is not None:
                    absent = ibis.literal(silence, type=value.type())
                    value = ibis.ifelse(joined[f"household_no__{piece.name}"].isnull(), absent, value)
                told[fact] = value
        told[FORESEEN] = ibis.literal(None if "visits" in self.ctx.undelivered else 0, type="int64")
        told["income_contradiction"] = told["income_contradiction"] | self._income_refuted(told["net_income"])
        told["income_age_months"] = self._income_age(told["income_age_months"])
        return told

    def verified(self, fact: str) -> Value | None:
        """What a visit says of a fact, null where none does; None where no visit says anything of it."""
        return self.joined[f"visit__{fact}"] if fact in self.visits.facts else None

    def _income_refuted(self, told: Value) -> Value:
        verified = self.verified("net_income")
        if verified is None:
            return ibis.literal(False)
        return self._differ(self.vocabulary["net_income"], verified, told).fill_null(False)

    def _income_age(self, told: Value) -> Value:
        """The age of the income that counts: a visit's, where a visit verified it."""
        verified = self.verified("net_income")
        if verified is None:
            return told
        age = home.months_between(self.joined.visit__net_income__as_of, ibis.literal(self.ctx.as_of))
        return ibis.ifelse(verified.notnull(), age, told)

    def value(self, fact: str) -> Value:
        """The value that counts: a visit's before a department's."""
        if fact == "guarantee_days":
            told = self._guarantee_days()
        else:
            told = self.told.get(fact, ibis.null(STORED[self.vocabulary[fact].kind]))
        verified = self.verified(fact)
        return told if verified is None else ibis.ifelse(verified.notnull(), verified, told)

    def _guarantee_days(self) -> Value:
        """Days since the oldest guarantee known broken broke; 0 where all four hold; else unknown."""
        oldest = ibis.least(*(self._broken_since(fact) for fact in GUARANTEES))
        days = ibis.literal(self.ctx.as_of).delta(day_of(oldest), unit="day").cast("int64")
        all_known = reduce(lambda a, b: a & b, (self.value(fact).notnull() for fact in GUARANTEES))
        return ibis.cases((oldest.notnull(), days), (all_known, ibis.literal(0, "int64")), else_=ibis.null("int64"))

    def _broken_since(self, fact: str) -> Value:
        column, is_broken = GUARANTEES[fact]
        nothing = ibis.null("int64")
        since = ibis.ifelse(self.told[fact].notnull(), self.joined[column], nothing)
        verified = self.verified(fact)
        if verified is None:
            return since
        found = ibis.least(since, day_number(self.joined[f"visit__{fact}__as_of"]))  # known before, it has stood longer
        seen = ibis.ifelse(is_broken(verified), found, nothing)
        return ibis.ifelse(verified.notnull(), seen, since)

    def evidence(self, spec: FactSpec) -> dict[str, Value]:
        """Value, date and source of one fact; no date where the value is unknown."""
        name = spec.name
        value, (as_of, source) = self.value(name), self._told_when_and_by_whom(name)
        for fact in ("net_income", name) if name == "income_age_months" else (name,):
            if fact in self.visits.facts:
                seen = self.joined[f"visit__{fact}"].notnull()
                as_of = ibis.ifelse(seen, self.joined[f"visit__{fact}__as_of"], as_of)
                source = ibis.ifelse(seen, self.joined[f"visit__{fact}__source"], source)
        as_of = ibis.ifelse(value.notnull(), as_of, ibis.null("date"))
        return {name: value.cast(STORED[spec.kind]), f"{name}__as_of": as_of, f"{name}__source": source}

    def _told_when_and_by_whom(self, fact: str) -> tuple[Value, Value]:
        joined, ctx = self.joined, self.ctx
        if fact in OF_THE_INCOME:
            earlier = fact == "net_income_before"
            as_of = joined.net_income_before__as_of if earlier else joined._income_as_of
            return as_of, joined._income_source.fill_null("incomes")
        for piece in self.sources:
            if fact in piece.silence:
                as_of = ibis.literal(piece.as_of)
                if fact in piece.dated:
                    as_of = ibis.coalesce(joined[f"{fact}__as_of"], as_of)
                return as_of, ibis.literal(piece.source)
        sources = {
            "register": f"registry {ctx.latest_month['registry']}",
            "guarantee_days": COMPUTED,
            FORESEEN: ctx.source("visits"),
        }
        as_of = ibis.literal(ctx.window.last_day if fact == FORESEEN else ctx.as_of)
        return as_of, ibis.literal(sources.get(fact, "visits"))

    def _differ(self, spec: FactSpec, verified: Value, told: Value) -> Value:
        if spec.kind is Kind.NUMBER:
            return home.disagree(verified, told, self.ctx.settings["income_tolerance_permille"])
        return verified != told

    @cached_property
    def _differing(self) -> dict[str, Value]:
        """Fact → whether a visit and a department differ by more than the policy tolerates."""
        facts = sorted(self.visits.facts & self.told.keys() - {FORESEEN})  # only a visit can say what is foreseen
        return {
            fact: self._differ(self.vocabulary[fact], self.joined[f"visit__{fact}"], self.told[fact]).fill_null(False)
            for fact in facts
        }

    def contradictions(self) -> Value:
        """Names of the facts on which they differ."""
        return _kept(
            [ibis.ifelse(differ, ibis.literal(fact), ibis.null("string")) for fact, differ in self._differing.items()],
            "string",
        )

    def contradicted(self) -> Value:
        """Of the same facts what the department says, which does not count."""
        said = []
        for fact, differ in self._differing.items():
            as_of, source = self._told_when_and_by_whom(fact)
            text = stored_text(self.vocabulary[fact], self.told[fact])
            values = {"fact": ibis.literal(fact), "value": text, "as_of": as_of.cast("date"), "source": source}
            said.append(ibis.ifelse(differ, ibis.struct(values), ibis.null(OTHER_SIDE)))
        return _kept(said, OTHER_SIDE)


def _kept(items: list[Value], kind: str) -> Value:
    """A list of those that are there."""
    if not items:
        return ibis.literal([], type=f"array<{kind}>")
    return ibis.array(items).filter(lambda item: item.notnull())
