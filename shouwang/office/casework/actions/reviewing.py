"""The democratic review: minutes and votes."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions.moving import NO_FORM, Sending, begin, finish
from shouwang.office.casework.models import Procedure, Review, Visit
from shouwang.office.registry.models.households import LEVELS
from shouwang.office.web.days import happened
from shouwang.terms.errors import UserError


@dataclass(frozen=True)
class Votes:
    """How those present voted."""

    present: int
    votes_for: int
    votes_against: int
    abstained: int

    def fault(self) -> str:
        """What is wrong with them; empty where they can be."""
        if min(self.present, self.votes_for, self.votes_against, self.abstained) < 0 or not self.present:
            return _("人数要大于零，票数不能是负数")
        if self.votes_for + self.votes_against + self.abstained > self.present:
            return _("票数加起来比到会人数多")
        return ""


@dataclass(frozen=True)
class Held:
    """What happened in the meeting."""

    on: date
    chair: str
    minutes: str
    votes: Votes
    proposed_level: int | None = None
    """What the meeting proposes; only of an inclusion."""


@transaction.atomic
def record(case_id: int, held: Held, *, by: Actor, on: date, sending: Sending = NO_FORM) -> Review:
    """Keep the minutes and votes; the level the meeting proposes is what the notice will say."""
    if held.votes.fault():
        raise UserError(held.votes.fault(), _("照会议记录改正票数"))
    move = begin(case_id, "review", by=by, on=on, sending=sending)
    case = move.case
    visited = Visit.objects.filter(case=case, procedure=case.procedure).order_by("on").values_list("on", flat=True)
    happened(held.on, on=on, since=visited.first() or case.clock_from, began=_("入户"))
    level = held.proposed_level if case.procedure == Procedure.INCLUSION else None
    if case.procedure == Procedure.INCLUSION and level not in LEVELS[:4]:
        raise UserError(_("没有选拟定的级别"), _("选 Ⅰ 到 Ⅳ 中的一级"))
    review = Review.objects.create(
        case=case,
        procedure=case.procedure,
        on=held.on,
        chair=held.chair.strip(),
        minutes=held.minutes.strip(),
        present=held.votes.present,
        votes_for=held.votes.votes_for,
        votes_against=held.votes.votes_against,
        abstained=held.votes.abstained,
        proposed_level=level,
        recorded_by=by.user_id,
        recorded_by_name=by.name,
    )
    case.proposed_level = level or case.proposed_level
    finish(move, told={"review": review.pk, "for": held.votes.votes_for, "present": held.votes.present})
    return review
