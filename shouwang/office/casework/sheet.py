"""The sheets that hang in the village: values that have no place for an id, a phone, an account or an illness."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.utils import translation

from shouwang.office.casework.clocks import Days, last_day_of_notice
from shouwang.office.casework.models import Case, Procedure
from shouwang.office.privacy.masking import mask_name
from shouwang.office.web.levels import level_word
from shouwang.office.web.places import place, short_place
from shouwang.terms.level import Level


@dataclass(frozen=True)
class Sheet:
    """Everything the sheet says. Reasons are left out on purpose: they may tell of an illness."""

    procedure: str
    head: str
    village: str
    people: int
    level: str
    posted_on: str
    last_day: str
    objections_to: str

    def as_dict(self) -> dict[str, object]:
        return asdict(self)


def sheet_of(case: Case, *, on: date, days: Days, objections_to: str) -> Sheet:
    """The sheet for a case whose notice is posted on a day; the head's name is masked. In Chinese, whoever posts it."""
    is_inclusion = case.procedure == Procedure.INCLUSION
    return Sheet(
        procedure=case.procedure,
        head=mask_name(case.household.head_name),
        village=place(case.area_code),
        people=case.household.member_count,
        level=_in_chinese(case.proposed_level if is_inclusion else case.confirmed_level),
        posted_on=on.isoformat(),
        last_day=last_day_of_notice(on, days=days).isoformat(),
        objections_to=objections_to.strip(),
    )


@dataclass(frozen=True)
class ResultLine:
    """One household whose case the county decided: nothing of why."""

    procedure: str
    head: str
    people: int
    level: str
    decided_on: str


@dataclass(frozen=True)
class ResultSheet:
    """What the township tells a village of the county's decisions. Refusals are told to the applicant, not here."""

    township: str
    village: str
    posted_on: str
    lines: Sequence[ResultLine]

    def as_dict(self) -> dict[str, object]:
        return asdict(self)

    @property
    def parts(self) -> Sequence[tuple[str, Sequence[ResultLine]]]:
        """The lines by procedure; those without any are left out."""
        found = [(key, [line for line in self.lines if line.procedure == key]) for key in Procedure.values]
        return [(key, lines) for key, lines in found if lines]


TOWN = 9
"""Digits of a township's code."""


def result_sheet_of(results: Iterable[tuple[Case, str]], *, village: str, on: date) -> ResultSheet:
    """The sheet for decided cases of one village, each with the procedure that was decided; heads' names are masked."""
    return ResultSheet(
        township=short_place(village[:TOWN]),
        village=place(village),
        posted_on=on.isoformat(),
        lines=[_result_line(case, procedure) for case, procedure in results],
    )


def result_sheet(kept: Mapping[str, Any]) -> ResultSheet:
    """A sheet as it was kept."""
    return ResultSheet(**{**kept, "lines": [ResultLine(**line) for line in kept["lines"]]})


def _result_line(case: Case, procedure: str) -> ResultLine:
    decided = decided_on(case, procedure)
    return ResultLine(
        procedure=procedure,
        head=mask_name(case.household.head_name),
        people=case.household.member_count,
        level=_in_chinese(case.confirmed_level),
        decided_on=decided.isoformat() if decided else "",
    )


def decided_on(case: Case, procedure: str) -> date | None:
    """The day of the decision a procedure ended with; None where there is none."""
    return case.included_on if procedure == Procedure.INCLUSION else case.removed_on


def _in_chinese(level: int | None) -> str:
    """What hangs in the village is read there, whatever language the office has."""
    with translation.override(settings.LANGUAGE_CODE):
        return level_in_words(level)


def level_in_words(number: int | None) -> str:
    """`Ⅲ 突发风险`; empty where there is none."""
    return f"{Level(number).numeral} {level_word(number)}" if number else ""
