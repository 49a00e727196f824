"""Doubtful matches of the newest screening: what was delivered beside whom it may mean, the largest effect first."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from shouwang.office.access.scope import Scope
from shouwang.office.privacy.masking import mask_id, mask_name
from shouwang.screening.linkage.decisions import Decision, Verdict, read_decisions
from shouwang.screening.linkage.doubtful import FOLDER, SHEET
from shouwang.terms.errors import UserError

WORKBOOK = "doubtful.xlsx"
SEPARATOR = "；"


@dataclass(frozen=True)
class Step:
    """One field of the waterfall: how it compares, and what it weighs in bits, signed."""

    words: str
    bits: float

    @property
    def width(self) -> int:
        """Of a bar of a hundred; twelve bits fill it."""
        return min(round(abs(self.bits) / 12 * 100), 100)


@dataclass(frozen=True)
class Candidate:
    """One person of the register who may be meant; name and id masked. `decided`: what somebody found before."""

    person_id: str
    name: str
    id_number: str
    sex: str
    birth_date: str
    household_id: str
    area_code: str
    likelihood: float
    steps: tuple[Step, ...]
    decided: Decision | None = None


@dataclass(frozen=True)
class Doubt:
    """One record as delivered, masked, and its candidates."""

    as_of: str
    number: int
    fingerprint: str
    name: str
    id_number: str
    rows: int
    amount: float
    datasets: str
    note: str
    candidates: tuple[Candidate, ...]

    @property
    def is_settled(self) -> bool:
        """Somebody is the one, or nobody of them."""
        found = [one.decided.decision for one in self.candidates if one.decided]
        return Verdict.SAME in found or (len(found) == len(self.candidates) and set(found) == {Verdict.OTHER})


def newest(city: Path) -> str:
    """The as-of date of the newest screening that left doubts; empty where none did."""
    found = [path.parent.name for path in (city / FOLDER).glob(f"[0-9]*/{WORKBOOK}")]
    return max(found, default="")


def listed(scope: Scope, city: Path, *, is_settled: bool = False) -> list[Doubt]:
    """Doubts all of whose candidates live in the scope, those that wait or those that are settled."""
    return [one for one in _seen(scope, city, newest(city)) if one.is_settled is is_settled]


def one(scope: Scope, city: Path, as_of: str, number: int) -> Doubt | None:
    """None where it is not there, or a candidate lives outside the scope."""
    if as_of != newest(city):
        return None
    return next((doubt for doubt in _seen(scope, city, as_of) if doubt.number == number), None)


def _seen(scope: Scope, city: Path, as_of: str) -> list[Doubt]:
    if not as_of:
        return []
    path = city / FOLDER / as_of / WORKBOOK
    decisions = {(found.fingerprint, found.person_id): found for found in read_decisions(city)}
    seen = (d for d in _read(path, path.stat().st_mtime_ns) if all(scope.contains(c.area_code) for c in d.candidates))
    return [_with(decisions, doubt) for doubt in seen]


def _with(decisions: dict[tuple[str, str], Decision], doubt: Doubt) -> Doubt:
    told = (replace(one, decided=decisions.get((doubt.fingerprint, one.person_id))) for one in doubt.candidates)
    return replace(doubt, candidates=tuple(told))


@lru_cache(maxsize=4)
def _read(path: Path, _changed: int) -> tuple[Doubt, ...]:
    """The workbook of a screening, masked at once: no name and no number is kept whole."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            rows = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        raise UserError(_("存疑清单打不开"), _("重新运行 shouwang screen")) from None
    if not rows:
        return ()
    heads = [str(cell) for cell in rows[0]]
    told = [
        {head: "" if cell is None else str(cell).strip() for head, cell in zip(heads, row, strict=False)}
        for row in rows[1:]
    ]
    groups = groupby((row for row in told if row.get("序号")), key=lambda row: int(float(row["序号"])))
    return tuple(_doubt(path.parent.name, number, list(group)) for number, group in groups)


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _doubt(as_of: str, number: int, rows: list[dict[str, str]]) -> Doubt:
    first = rows[0]
    return Doubt(
        as_of=as_of,
        number=number,
        fingerprint=first["指纹"],
        name=mask_name(first["所交姓名"]),
        id_number=mask_id(first["所交证件号码"]),
        rows=int(float(first["行数"] or 0)),
        amount=float(first["金额（元）"] or 0),
        datasets=first["部门数据"],
        note=first["说明"],
        candidates=tuple(map(_candidate, rows)),
    )


def _candidate(row: dict[str, str]) -> Candidate:
    return Candidate(
        person_id=row["人编号"],
        name=mask_name(row["登记册姓名"]),
        id_number=mask_id(row["登记册证件号码"]),
        sex=row["性别"],
        birth_date=row["出生日期"],
        household_id=row["户编号"],
        area_code=row["行政区划"],
        likelihood=float(row["可能性"] or 0),
        steps=tuple(_steps(row["依据"].split(SEPARATOR))),
    )


def _steps(told: Iterable[str]) -> Iterable[Step]:
    """`姓名相同 +12.3` as words and bits; what has no weight is words alone."""
    for one in told:
        words, _, bits = one.rpartition(" ")
        try:
            yield Step(words, float(bits.replace("−", "-")))
        except ValueError:
            yield Step(one, 0.0)
