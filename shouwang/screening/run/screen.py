"""The month's screening from CITY to RUN (design.md §5)."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ibis import Table

import shouwang
from shouwang.areas import AreaTree
from shouwang.rules.policy import Policy
from shouwang.screening import grading
from shouwang.screening.engine import DuckDB, Engine
from shouwang.screening.facts.assemble import facts_table
from shouwang.screening.facts.pieces import Context
from shouwang.screening.facts.visits import visited
from shouwang.screening.intake import MACROS, folder, quarantine
from shouwang.screening.intake.survey import Delivery, Fingerprints, find, fingerprints
from shouwang.screening.run import changes, outputs
from shouwang.screening.run.digest import output_digest
from shouwang.screening.run.reading import Reading, Step, read_all
from shouwang.terms.errors import ProgrammingError

SETTINGS = ("compulsory_age_from", "compulsory_age_to", "water_radius_metres", "unable_days", "foresight_months")


@dataclass(frozen=True)
class Request:
    """One screening as asked for."""

    city: Path
    as_of: date
    out: Path
    policy: Policy
    tree: AreaTree
    previous: Path | None = None
    make_engine: Callable[[DuckDB], Engine] | None = None
    """Another engine than the embedded one, given the reader of files."""


def screen(request: Request, step: Step = lambda *_: None) -> dict[str, Any]:
    """Screen, and publish the run whole or not at all. Returns the summary. Errors: `UserError`, `DataError`."""
    folder.require_free(request.out)
    if request.previous:
        changes.require_run(request.previous)
    settings = settings_of(request.policy)
    found = find(request.city, request.as_of)
    clock = _Clock()
    with folder.scratch(request.city) as scratch, folder.published(request.out) as run:
        hashes = fingerprints(found)
        with closing(DuckDB(scratch, MACROS)) as db:
            delivery, reading = read_all(db, found, request.tree, request.policy.vocabulary, scratch, step)
            clock.lap("intake_and_linkage")
            work = _Work(request, settings, db, delivery, reading, run, scratch)
            engine = request.make_engine(db) if request.make_engine else db
            try:
                _compute(work, engine, clock, step)
            finally:
                if engine is not db:
                    engine.close()
            told = _tell(work)
            clock.lap("words_and_figures")
            digest = output_digest(db, run / "verdicts.parquet")
            clock.lap("digest")
            manifest = _manifest(work, engine.name, told, hashes) | {"seconds": clock.seconds, "output_digest": digest}
            outputs.write_json(run / "manifest.json", manifest)
    return told


@dataclass(frozen=True)
class _Work:
    """What every step of one screening has at hand."""

    request: Request
    settings: dict[str, int]
    db: DuckDB
    delivery: Delivery
    reading: Reading
    run: Path
    scratch: Path


class _Clock:
    """Seconds by stage, for the manifest and the benchmark."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now


def _compute(work: _Work, engine: Engine, clock: _Clock, step: Step) -> None:
    """Facts and verdicts, on the engine."""
    policy, run = work.request.policy, work.run
    step("事实", 1, 2)
    ctx = _context(work, engine)
    visits = visited(ctx, policy.vocabulary, _visited_facts(work))
    engine.write(facts_table(ctx, policy.vocabulary, visits, engine.keep), run / "facts.parquet")
    clock.lap("facts")
    step("分级", 2, 2)
    facts = engine.read_parquet(run / "facts.parquet")
    engine.write(grading.verdicts(policy, facts, engine.keep), run / "verdicts.parquet")
    clock.lap("verdicts")


def _context(work: _Work, engine: Engine) -> Context:
    delivery = work.delivery
    latest = {f.dataset.code: str(f.month) for f in delivery.files}  # files come in order of month
    return Context(
        as_of=delivery.as_of,
        window=delivery.window,
        tables={name: engine.read_parquet(path) for name, path in work.reading.paths.items()},
        undelivered=frozenset(work.reading.undelivered),
        latest_month=latest | {"registry": str(delivery.register_month)},
        settings=work.settings,
    )


def settings_of(policy: Policy) -> dict[str, int]:
    """The policy's figures that turn rows into facts. Errors: `ProgrammingError` where one is missing or not whole."""
    missing = [name for name in (*SETTINGS, "income_tolerance") if name not in policy.parameters]
    if missing:
        raise ProgrammingError(f"政策 {policy.code} 缺少参数 {'、'.join(missing)} → 在 parameters/ 里补上")
    figures = {name: policy.parameters[name].number for name in SETTINGS}
    figures["income_tolerance_permille"] = policy.parameters["income_tolerance"].number * 1000
    broken = [name for name, figure in figures.items() if figure.denominator != 1]
    if broken:
        raise ProgrammingError(f"政策 {policy.code} 的参数 {'、'.join(broken)} 不是整数 → 改为整数（比例至多三位小数）")
    return {name: int(figure) for name, figure in figures.items()}


def _visited_facts(work: _Work) -> frozenset[str]:
    rows = work.db.read_parquet(work.reading.paths["visits"])
    found = work.db.fetch(rows.filter(rows.faults == 0).select("fact").distinct()).column(0).to_pylist()
    return frozenset(found) & set(work.request.policy.vocabulary.names)


def _tell(work: _Work) -> dict[str, Any]:
    """Everything but the tables: summary, warnings, quarantine, the policy as used."""
    request, db, run = work.request, work.db, work.run
    verdicts = db.read_parquet(run / "verdicts.parquet")
    changed = changes.changes(db, run, request.previous)
    undelivered = {code: [str(m) for m in months] for code, months in work.reading.undelivered.items()}
    told = outputs.summary(db, verdicts, work.reading.tallies, changed, undelivered)
    told["by_likeness"] = dict(work.reading.by_likeness)
    outputs.write_warnings(db, verdicts, _sentences(work, verdicts), request.policy, request.tree, run / "warnings.csv")
    for name, places in (("quarantine", work.reading.quarantined), ("unlinked", work.reading.unlinked)):
        (run / name).mkdir()
        for code, table in places.items():
            quarantine.write_places(table, run / name / f"{code}.csv")
    outputs.write_json(run / "summary.json", told)
    outputs.write_json(run / "policy.json", request.policy.frozen())
    return told


def _sentences(work: _Work, verdicts: Table) -> Table:
    """In stages, each held: the texts are expressions too long to be planned in one."""
    db, policy = work.db, work.request.policy
    told = grading.to_tell(policy, db.read_parquet(work.run / "facts.parquet"), verdicts)
    parts = grading.parts_of_sentences(policy, db.keep(told, "told"))
    return grading.sentences(db.keep(parts, "parts_of_sentences"))


def _manifest(work: _Work, engine: str, told: dict[str, Any], hashes: Fingerprints) -> dict[str, Any]:
    request, delivery, rows = work.request, work.delivery, work.reading.rows
    return {
        "policy": request.policy.code,
        "policy_version": request.policy.version,
        "as_of": str(request.as_of),
        "window": [str(delivery.window.first_day), str(delivery.window.last_day)],
        "register": str(delivery.register_month),
        "engine": engine,
        "code_version": shouwang.__version__,
        "areas_edition": request.tree.edition,
        "inputs": {label: {"rows": rows[label], "sha256": sha256} for label, sha256 in sorted(hashes.all().items())},
        "counts": {
            "households": work.reading.rows[f"registry/{delivery.register_month}/households.parquet"],
            "levels": told["levels"],
            "rows": told["rows"],
        },
        "undelivered": told["undelivered"],
    }
