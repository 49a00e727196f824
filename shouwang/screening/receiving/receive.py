"""`shouwang receive`: every file judged by itself, so that one bad file disturbs no other."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from pathlib import Path

from shouwang.areas import AreaTree
from shouwang.rules.vocabulary import Vocabulary
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import MACROS, mappings
from shouwang.screening.intake.folder import scratch
from shouwang.screening.intake.opening import Opened, open_file
from shouwang.screening.intake.places import tree_of
from shouwang.screening.intake.survey import require_city
from shouwang.screening.intake.understanding import Understanding, understand
from shouwang.screening.receiving import merging, store
from shouwang.screening.receiving.judging import Judged, judge
from shouwang.screening.receiving.keeping import Handed, keep
from shouwang.screening.receiving.limits import Limits, limits_on
from shouwang.screening.receiving.people import People
from shouwang.screening.receiving.verdict import KNOWN, Verdict
from shouwang.terms.errors import DataError, Fault, UserError
from shouwang.terms.period import Month


@dataclass(frozen=True)
class Request:
    """What somebody hands in, and what they say about it."""

    city: Path
    received_on: date
    by: str
    tree: AreaTree
    vocabulary: Vocabulary
    dataset: str = ""
    """Claimed for all files of the call; content that contradicts is a fault."""
    month: Month | None = None
    agree: bool = False
    """Proposed columns are taken, and remembered under the name `by`."""
    share: Fraction | None = None
    """Another share of bad rows than the limits in force."""
    area: str = ""
    """The county whose people the files speak for, as a prefix of area codes; empty for the whole city."""
    limits: Limits = field(init=False)

    def __post_init__(self) -> None:
        limits = limits_on(self.received_on)
        object.__setattr__(self, "limits", replace(limits, bad_rows=self.share) if self.share is not None else limits)


def receive(request: Request, files: list[Path]) -> Iterator[Verdict]:
    """One verdict per file, as soon as it is known. Errors: `UserError` for a call that cannot be meant."""
    require_city(request.city)
    _require_files(files)
    if request.agree and not request.by:
        raise UserError("--agree 要写明是谁同意的", "加上 --by 姓名")
    with store.opened(request.city), scratch(request.city) as aside, closing(DuckDB(aside, MACROS)) as db:
        request = replace(request, tree=tree_of(request.city, request.tree))
        people = People(db, request.city)
        for number, file in enumerate(files):
            folder = aside / str(number)
            folder.mkdir()
            yield _received(_Bench(request, db, people, folder), file)
            shutil.rmtree(folder)


def _require_files(files: list[Path]) -> None:
    missing = [path.name for path in files if not path.is_file()]
    if missing:
        raise UserError(f"没有这个文件：{'、'.join(missing)}", "检查路径；文件夹要写到里面的文件")


@dataclass(frozen=True)
class _Bench:
    """What every file of one call is judged with."""

    request: Request
    db: DuckDB
    people: People
    folder: Path
    """For what this file holds; gone afterwards."""


def _received(bench: _Bench, file: Path) -> Verdict:
    request, db = bench.request, bench.db
    handed = Handed(file, request.received_on, request.by)
    db.take_rejects()  # of a file before it that could not be read to its end
    try:
        opened = open_file(file, scratch=bench.folder)
        understanding = _understood(request, db, opened)
    except DataError as error:
        return keep(request.city, db, Judged(tuple(error.faults)), handed)
    return _known(request, file, understanding) or keep(request.city, db, _judged(bench, opened, understanding), handed)


def _understood(request: Request, db: DuckDB, opened: Opened) -> Understanding:
    """With what was proposed, where the caller agrees to it."""
    understanding = _understand(request, db, opened)
    if not (request.agree and understanding.proposals and understanding.dataset):
        return understanding
    for proposal in understanding.proposals:
        code, header = understanding.dataset.code, proposal.header
        mappings.agree(request.city, code, header, column=proposal.name, by=request.by, on=request.received_on)
    return _understand(request, db, opened)


def _understand(request: Request, db: DuckDB, opened: Opened) -> Understanding:
    return understand(opened, db=db, city=request.city, tree=request.tree, dataset=request.dataset, month=request.month)


def _judged(bench: _Bench, opened: Opened, understanding: Understanding) -> Judged:
    request = bench.request
    judged = judge(
        bench.db,
        opened,
        _not_of_the_future(understanding, request.received_on),
        scratch=bench.folder,
        city=request.city,
        vocabulary=request.vocabulary,
        limits=request.limits,
        people=bench.people,
        is_part=bool(request.area),
    )
    if not (request.area and judged.is_accepted and judged.checked):
        return judged
    at_hand = merging.Bench(bench.db, request.city, bench.folder, request.vocabulary, bench.people, request.tree)
    try:
        return replace(judged, merged=merging.merge(at_hand, judged.checked, request.area))
    except DataError as error:
        return replace(judged, faults=tuple(error.faults))


def _not_of_the_future(understanding: Understanding, received_on: date) -> Understanding:
    """A month that has not begun cannot be delivered."""
    if understanding.month is None or understanding.month <= Month.of(received_on):
        return understanding
    fault = Fault(f"{understanding.month} 还没有到（收到日期 {received_on}）", "核对月份，或用 --on 写明收到日期")
    return replace(understanding, faults=(*understanding.faults, fault))


def _known(request: Request, file: Path, understanding: Understanding) -> Verdict | None:
    """The same bytes are this month's file already: nothing is done."""
    if understanding.faults or understanding.dataset is None or understanding.month is None:
        return None
    dataset, month = understanding.dataset, str(understanding.month)
    one = store.current(request.city, dataset.code, month)
    if one is None or one.record["sha256"] != store.sha256_of(file):
        return None
    return Verdict(
        file.name,
        KNOWN,
        dataset.code,
        dataset.zh,
        dataset.office,
        month,
        understanding.month_from,
        kept=one.folder.relative_to(request.city).as_posix(),
        placed=str(one.record.get("placed", "")),
    )
