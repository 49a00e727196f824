"""Bringing the register of a month and the facts of its run into the office: whole, or not at all."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

import duckdb
from django.db import connection, transaction

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry import bulk
from shouwang.office.registry.loading import contradicted, register, sheets
from shouwang.office.registry.loading.source import Source, count, source_of, workbench
from shouwang.office.registry.models import FactBatch, FactChange, FactSheet, Household, Membership, Person
from shouwang.terms.errors import UserError

Step = Callable[[str, float | None], None]
FILLED = (Household, Person, Membership, FactSheet)


@dataclass(frozen=True)
class Loaded:
    """What was written. A load that finds everything as it is writes nothing."""

    month: str
    as_of: date
    households: int
    people: int
    register: register.Written
    facts: sheets.SheetsWritten
    contradictions: int

    @property
    def is_unchanged(self) -> bool:
        told = self.register
        written = (told.households, told.closed, told.people, told.joined, told.ended, self.contradictions)
        return not any(written) and self.facts == sheets.SheetsWritten(0, 0)


def load(city: Path, run: Path, *, by: Actor, step: Step = lambda *_: None) -> Loaded:
    """Write households, people, memberships and facts where they differ from the register and the run.

    Killed at any moment it has done nothing; run again it ends right. A second load of the same changes nothing.
    Errors: `UserError` where the run is not of this city's register, or is older than what is loaded.
    """
    source = source_of(city, run)
    with workbench() as con, transaction.atomic():
        register.lock(*(model._meta.db_table for model in FILLED))
        _refuse_older(source)
        is_first = not Household.objects.exists() and not Person.objects.exists()
        with ExitStack() as stack:
            if is_first:
                stack.enter_context(bulk.without_indexes(*FILLED))
            loaded = _written(con, source, is_first=is_first, step=step)
            step("索引", 0.95)
        _leave_event(loaded, source, by)
        _measure()
    step("载入完成", 1.0)
    return loaded


def _written(con: duckdb.DuckDBPyConnection, source: Source, *, is_first: bool, step: Step) -> Loaded:
    step("登记册", 0.02)
    told = register.write_register(
        con, source, is_first=is_first, step=lambda done: step(f"登记册 {done:,}", 0.05 + min(done / 10_000_000, 0.5))
    )
    step("事实", 0.6)
    households, people = _sizes(con)
    batch, _ = FactBatch.objects.get_or_create(
        run_digest=source.digest,
        defaults={
            "as_of": source.as_of,
            "register_month": source.month,
            "sources": sheets.usual_sources(con, source),
        },
    )
    facts = sheets.write_sheets(
        con,
        source,
        batch,
        is_first=is_first,
        step=lambda done: step(f"事实 {min(done, households):,}", 0.6 + 0.3 * min(done / max(households, 1), 1)),
    )
    opened = contradicted.open_all(con, source)
    return Loaded(source.month, source.as_of, households, people, told, facts, opened)


def _sizes(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    return count(con, "households_new"), count(con, "people_new")


def _refuse_older(source: Source) -> None:
    """A month that is gone would bring back what has changed since."""
    newest = FactBatch.objects.order_by("-as_of", "-id").first()
    if newest and newest.as_of > source.as_of:
        raise UserError(
            f"已载入截至 {newest.as_of} 的筛查，不能再载入更早的 {source.as_of}",
            "载入更新的筛查，或另设一个 SHOUWANG_HOME",
        )


def _leave_event(loaded: Loaded, source: Source, by: Actor) -> None:
    if loaded.is_unchanged:
        return
    written = {
        **asdict(loaded.register),
        "sheets": loaded.facts.sheets,
        "changes": loaded.facts.changes,
        "contradictions": loaded.contradictions,
    }
    record(
        Verb.LOADED,
        by=by,
        subject=("register", loaded.month),
        area_code=by.area_code,
        after=written,
        run=source.digest,
        policy=source.policy,
    )


def _measure() -> None:
    """Let the database see how its tables are now, so that it chooses the right index."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        for model in (*FILLED, FactChange):
            cursor.execute(f"ANALYZE {model._meta.db_table}")
