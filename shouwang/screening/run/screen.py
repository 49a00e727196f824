"""The month's screening from CITY to RUN (design.md §5)."""

import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from ibis import Table

import shouwang
from shouwang.areas import AreaTree
from shouwang.rules.policy import Policy
from shouwang.screening import grading
from shouwang.screening.engine import DuckDB, Engine
from shouwang.screening.facts.assemble import facts_table
from shouwang.screening.facts.pieces import Context
from shouwang.screening.facts.visits import visited
from shouwang.screening.intake import MACROS, quarantine
from shouwang.screening.intake.survey import Delivery, Fingerprints, fingerprints, survey
from shouwang.screening.run import changes, folder, outputs
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
    delivery = survey(request.city, request.as_of)
    clock = _Clock()
    with folder.scratch(request.city) as scratch, folder.published(request.out) as run:
        hashes = fingerprints(delivery)
        with closing(DuckDB(scratch, MACROS)) as db:
            reading = read_all(db, delivery, request.tree, request.policy.vocabulary, scratch, step)
            clock.lap("intake_and_linkage")
            engine = request.make_engine(db) if request.make_engine else db
            _compute(request, db, engine, delivery, reading, run, clock, step)
            told = _tell(request, db, delivery, reading, run, scratch)
            clock.lap("words_and_figures")
            outputs.write_json(run / "manifest.json", _manifest(request, db, delivery, hashes, engine, told, run, clock))
    return told


class _Clock:
    """Seconds by stage, for the manifest and the benchmark."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.perf_counter()

    def lap(self, stage: str) -> None:
        now = time.perf_counter()
        self.seconds[stage] = round(now - self._last, 3)
        self._last = now


def _compute(
    request: Request, db: DuckDB, engine: Engine, delivery: Delivery, reading: Reading, run: Path, clock: _Clock, step: Step
) -> None:
    """Facts and verdicts, on the engine."""
    step("事实", 1, 2)
    ctx = _context(request, delivery, reading, engine)
    vocabulary = request.policy.vocabulary
    visits = visited(ctx, vocabulary, _visited_facts(db, reading, set(vocabulary.names)))
    engine.write(facts_table(ctx, vocabulary, visits).order_by("household_no"), run / "facts.parquet")
    clock.lap("facts")
    step("分级", 2, 2)
    decided = grading.truths(request.policy, engine.read_parquet(run / "facts.parquet"))
    engine.write(grading.verdicts(request.policy, decided), run / "verdicts.parquet")
    clock.lap("verdicts")
    if engine is not db:
        engine.close()


def _context(request: Request, delivery: Delivery, reading: Reading, engine: Engine) -> Context:
    latest = {f.dataset.code: str(f.month) for f in delivery.files}  # files come in order of month
    tables = {name: engine.read_parquet(path) for name, path in reading.paths.items()}
    return Context(
        as_of=delivery.as_of,
        window=delivery.window,
        tables=tables,
        undelivered=frozenset(delivery.undelivered),
        latest_month=latest | {"registry": str(delivery.register_month)},
        settings=settings_of(request.policy),
    )


def settings_of(policy: Policy) -> dict[str, int]:
    """The policy's figures that turn rows into facts. Errors: `ProgrammingError` where one is missing or no whole number."""
    missing = [name for name in (*SETTINGS, "income_tolerance") if name not in policy.parameters]
    if missing:
        raise ProgrammingError(f"政策 {policy.code} 缺少参数 {'、'.join(missing)} → 在 parameters/ 里补上")
    figures = {name: policy.parameters[name].number for name in SETTINGS}
    figures["income_tolerance_permille"] = policy.parameters["income_tolerance"].number * 1000
    broken = [name for name, figure in figures.items() if figure.denominator != 1]
    if broken:
        raise ProgrammingError(f"政策 {policy.code} 的参数 {'、'.join(broken)} 不是整数 → 改为整数(比例至多三位小数)")
    return {name: int(figure) for name, figure in figures.items()}


def _visited_facts(db: DuckDB, reading: Reading, known: set[str]) -> frozenset[str]:
    rows = db.read_parquet(reading.paths["visits"])
    found = db.fetch(rows.filter(rows.faults == 0).select("fact").distinct()).column(0).to_pylist()
    return frozenset(found) & known


def _tell(request: Request, db: DuckDB, delivery: Delivery, reading: Reading, run: Path, scratch: Path) -> dict[str, Any]:
    """Everything but the tables: summary, warnings, quarantine, the policy as used."""
    verdicts = db.read_parquet(run / "verdicts.parquet")
    changed = changes.changes(db, run, request.previous)
    undelivered = {code: [str(m) for m in months] for code, months in delivery.undelivered.items()}
    told = outputs.summary(db, verdicts, reading.tallies, changed, undelivered)
    sentences = _sentences(request.policy, db, run, scratch)
    outputs.write_warnings(db, verdicts, sentences, request.policy, request.tree, run / "warnings.csv")
    for name, places in (("quarantine", reading.quarantined), ("unlinked", reading.unlinked)):
        (run / name).mkdir()
        for code, table in places.items():
            quarantine.write_places(table, run / name / f"{code}.csv")
    outputs.write_json(run / "summary.json", told)
    outputs.write_json(run / "policy.json", request.policy.frozen())
    return told


def _sentences(policy: Policy, db: DuckDB, run: Path, scratch: Path) -> Table:
    told, parts = scratch / "told.parquet", scratch / "parts.parquet"
    db.write(grading.to_tell(policy, grading.truths(policy, db.read_parquet(run / "facts.parquet"))), told)
    db.write(grading.parts_of_sentences(policy, db.read_parquet(told)), parts)
    return grading.sentences(db.read_parquet(parts))


def _manifest(
    request: Request, db: DuckDB, delivery: Delivery, hashes: Fingerprints, engine: Engine, told: dict[str, Any], run: Path,
    clock: _Clock,
) -> dict[str, Any]:  # fmt: skip
    sha256 = hashes.all()
    rows = {f.label: None for f in delivery.files}
    digest = output_digest(db, run / "verdicts.parquet")
    clock.lap("digest")
    return {
        "policy": request.policy.code,
        "policy_version": request.policy.version,
        "as_of": str(request.as_of),
        "window": [str(delivery.window.first_day), str(delivery.window.last_day)],
        "register": str(delivery.register_month),
        "engine": engine.name,
        "code_version": shouwang.__version__,
        "areas_edition": request.tree.edition,
        "inputs": {label: {"rows": rows.get(label), "sha256": sha256[label]} for label in sorted(sha256)},
        "counts": {
            "households": pq.read_metadata(run / "verdicts.parquet").num_rows,
            "levels": told["levels"],
            "rows": told["rows"],
        },
        "undelivered": told["undelivered"],
        "seconds": clock.seconds,
        "output_digest": digest,
    }
