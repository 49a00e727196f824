"""What is kept of the steps of a case: people, visits, questions, meetings, notices, objections, files, decisions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files import File
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import (
    AssetQuestion,
    Assignee,
    Authorisation,
    Case,
    Decision,
    Evidence,
    Measure,
    Notice,
    Objection,
    Review,
    SideClock,
    TownAudit,
    Visit,
)
from shouwang.office.casework.queries.asking import in_words
from shouwang.office.casework.queries.assets import ANSWERS, word
from shouwang.office.casework.queries.standing import NOTHING_YET
from shouwang.office.casework.queries.words import EVIDENCE, HOW, KINDS, OUTCOMES, REASONS, WAYS
from shouwang.office.casework.transitions import SIDE
from shouwang.office.registry.values import fact_name
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Shown:
    """A row of the record with the words of its codes."""

    row: Any
    words: Sequence[str | Promise]


@dataclass(frozen=True)
class VisitShown:
    """A visit, what it found as (fact, value in words), and how the adults stood to the authorisation."""

    row: Visit
    findings: Sequence[tuple[str, str]]
    signed: int
    not_signed: int


@dataclass(frozen=True)
class Record:
    """Everything a case's page shows of its steps, the newest first."""

    assignees: Sequence[Assignee]
    questions: Sequence[Shown]
    evidence: Sequence[Shown]
    visits: Sequence[VisitShown] = ()
    reviews: Sequence[Review] = ()
    notices: Sequence[Notice] = ()
    objections: Sequence[Shown] = ()
    audits: Sequence[TownAudit] = ()
    decisions: Sequence[Shown] = ()
    afterwards: Sequence[Shown] = ()
    """What followed the decisions: results announced, entered, looks back."""


def record_of(case: Case) -> Record:
    """The record of a case, in at most a fixed number of queries. The caller has looked at the scope."""
    going = list(Assignee.objects.filter(case=case, until=None).order_by("-side"))
    files = [Shown(row, (EVIDENCE[row.kind],)) for row in Evidence.objects.filter(case=case).order_by("-id")]
    if case.state in NOTHING_YET and case.returned_on is None:  # nobody has been there yet
        return Record(assignees=going, questions=questions(case), evidence=files)
    return Record(
        assignees=going,
        questions=questions(case),
        evidence=files,
        visits=_visits(case),
        reviews=list(Review.objects.filter(case=case).order_by("-id")),
        notices=list(Notice.objects.filter(case=case).order_by("-id")),
        objections=[
            Shown(row, (OUTCOMES.get(row.outcome, ""),)) for row in Objection.objects.filter(case=case).order_by("-id")
        ],
        audits=list(TownAudit.objects.filter(case=case).order_by("-id")),
        decisions=[_decision(row) for row in _decisions(case)],
        afterwards=[Shown(row, (SIDE[row.step].word,)) for row in _afterwards(case)] if case.included_on else [],
    )


def _afterwards(case: Case) -> list[SideClock]:
    return list(SideClock.objects.filter(case=case, done_on__isnull=False).order_by("-id"))


def _visits(case: Case) -> list[VisitShown]:
    rows = Visit.objects.filter(case=case).prefetch_related("findings", "authorisations").order_by("-id")
    return [_visit(row) for row in rows]


def _visit(row: Visit) -> VisitShown:
    signatures: list[Authorisation] = list(row.authorisations.all())
    signed = sum(1 for signature in signatures if signature.until)
    found = [
        (fact_name(VOCABULARY[one.fact]), in_words(VOCABULARY[one.fact], one.value))
        for one in row.findings.all()
        if one.fact in VOCABULARY
    ]
    return VisitShown(row, found, signed, len(signatures) - signed)


def questions(case: Case) -> list[Shown]:
    """Asset questions with the words of flag and answer."""
    rows = AssetQuestion.objects.filter(case=case).order_by("id")
    return [Shown(row, (word(row.flag), ANSWERS.get(row.answer, ""))) for row in rows]


@dataclass(frozen=True)
class Asked:
    """An asset question and the form that answers it."""

    row: AssetQuestion
    words: Sequence[str | Promise]
    form: Any


def questions_with_forms(case: Case, form_of: Callable[[int], Any]) -> list[Asked]:
    return [Asked(shown.row, shown.words, form_of(shown.row.pk)) for shown in questions(case)]


def has_unanswered(case: Case) -> bool:
    return AssetQuestion.objects.filter(case=case, answer="").exists()


def assignees(case: Case) -> dict[str, str]:
    """Side to name of those who are sent now."""
    return dict(Assignee.objects.filter(case=case, until=None).values_list("side", "name"))


def open_objections(case: Case) -> list[Objection]:
    return list(Objection.objects.filter(case=case, outcome="").order_by("id"))


def refusal(case: Case) -> Shown | None:
    """The refusal of a case with its words; None where it was not refused."""
    row = Decision.objects.filter(case=case, kind=Decision.Kind.REFUSE).select_related("batch").first()
    return _decision(row) if row else None


def _decisions(case: Case) -> list[Decision]:
    return list(Decision.objects.filter(case=case).select_related("batch").order_by("-id"))


def _decision(row: Decision) -> Shown:
    return Shown(
        row, (KINDS[row.kind], REASONS.get(row.reason_code, ""), HOW.get(row.told_how, ""), WAYS.get(row.way, ""))
    )


def notice(scope: Scope, case_id: int, notice_id: int) -> Notice | None:
    """A notice of a case inside the scope."""
    rows = scope.filter(Notice.objects.filter(pk=notice_id, case_id=case_id), field="case__area_code")
    return rows.select_related("case").first()


def evidence(scope: Scope, evidence_id: int) -> Evidence | None:
    """A file of a case inside the scope."""
    rows = scope.filter(Evidence.objects.filter(pk=evidence_id), field="case__area_code")
    return rows.select_related("case").first()


def opened(row: Evidence) -> File:
    """The file itself. Errors: `UserError` where it is no longer there."""
    try:
        return row.file.open("rb")
    except FileNotFoundError:
        raise UserError(_("这个附件的文件已经不在了"), _("请管理员从备份里找回，或重新交一份")) from None


def files_of(measures: Iterable[Measure]) -> dict[int, list[Evidence]]:
    """The files of measures by measure, those of their payments among them, the newest first; one query for all."""
    found: dict[int, list[Evidence]] = {}
    rows = Evidence.objects.filter(measure__in=[row.pk for row in measures]).select_related("payment")
    for row in rows.order_by("-id"):
        found.setdefault(row.measure_id, []).append(row)
    return found
