"""Recording a visit: who went, what they found, who signed that assets may be looked up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.comparing import ask
from shouwang.office.casework.actions.evidence import keep
from shouwang.office.casework.actions.moving import NO_FORM, Move, Sending, begin, finish
from shouwang.office.casework.conditions import Given
from shouwang.office.casework.models import Authorisation, Case, Evidence, Visit, VisitFinding
from shouwang.office.registry.actions import contradictions, facts
from shouwang.office.registry.models import Contradiction
from shouwang.office.web.days import happened, not_far_ahead

SOURCE = "visit"


@dataclass(frozen=True)
class Finding:
    """A fact as the visit verified it. Value is text as `FactSpec` writes it, amounts in 元; never unknown."""

    fact: str
    value: str


@dataclass(frozen=True)
class Signature:
    """Whether an adult signed; `until` where they did, `why_not` where not, neither where nobody asked."""

    person_id: str
    until: date | None = None
    why_not: str = ""


@dataclass(frozen=True)
class Held:
    """What happened on the visit."""

    on: date
    visitors: tuple[str, ...]
    findings: Sequence[Finding] = ()
    signatures: Sequence[Signature] = ()
    wish: str = ""
    note: str = ""
    photos: Sequence[UploadedFile] = ()


@transaction.atomic
def record(case_id: int, held: Held, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Visit:
    """Keep a visit and its findings: each becomes a fact of the register, and leaves by door B."""
    undecided = sum(1 for signature in held.signatures if not signature.until and not signature.why_not)
    given = Given(people=held.visitors, undecided_adults=undecided)
    move = begin(case_id, "visit", by=by, on=on, sending=sending, given=given)
    happened(held.on, on=on, since=move.case.clock_from, began=_("这次办理开始"))
    for signature in held.signatures:
        if signature.until:
            not_far_ahead(signature.until, on=held.on, within="authorisation_lasts")
    visit = _kept(move, held)
    _told(move, held)
    ask(move.case, on=on)
    for photo in held.photos:
        keep(move.case.pk, kind=Evidence.Kind.VISIT, file=photo, by=by, on=on)
    finish(move, told={"visit": visit.pk, "facts": [finding.fact for finding in held.findings]})
    return visit


def _told(move: Move, held: Held) -> None:
    """The findings become facts of the register, and settle what two sources disagreed on before."""
    home, told = move.case.household, {finding.fact: finding.value for finding in held.findings}
    open_before = list(Contradiction.objects.filter(household=home, fact__in=told, kept=""))
    facts.record_all(home, told, as_of=held.on, source=SOURCE, by=move.by, on=move.on)
    for row in open_before:
        contradictions.settle(row, Contradiction.Side.FIRST, by=move.by, on=move.on)


def _kept(move: Move, held: Held) -> Visit:
    case: Case = move.case
    visit = Visit.objects.create(
        case=case,
        procedure=case.procedure,
        on=held.on,
        visitors=[name.strip() for name in held.visitors if name.strip()],
        wish=held.wish,
        note=held.note,
        recorded_by=move.by.user_id,
        recorded_by_name=move.by.name,
    )
    VisitFinding.objects.bulk_create(
        VisitFinding(
            visit=visit,
            household_id=case.household_id,
            fact=finding.fact,
            value=finding.value,
            as_of=held.on,
            recorded_on=move.on,
        )
        for finding in held.findings
    )
    Authorisation.objects.bulk_create(
        Authorisation(
            visit=visit,
            person_id=signature.person_id,
            signed_on=held.on if signature.until else None,
            until=signature.until,
            why_not="" if signature.until else signature.why_not,
        )
        for signature in held.signatures
    )
    return visit
