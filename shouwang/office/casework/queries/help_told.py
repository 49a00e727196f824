"""What was done for a household in help, line by line: measures, visits, money, looks at the effect, rescues."""

from collections.abc import Callable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.casework.measure_steps import IMPLEMENTED
from shouwang.office.casework.models import Effect, FollowUp, Measure, Payment, Rescue
from shouwang.office.casework.queries.help_facts import kind_name, policy_on, rule_name
from shouwang.office.registry.queries.happening import Happened, Homes, told_of
from shouwang.office.web.speaking import aside, led, listed
from shouwang.office.web.templatetags.components import fen
from shouwang.rules.policy import Policy

IN_CASE = "case__household_id"


def told(homes: Homes, *, on: date, limit: int) -> list[Happened]:
    """Everything done in help of these households, in no order; six queries. The caller has looked at the scope."""
    policy = policy_on(on)
    return [line for tell in TELLING for line in tell(homes, policy, limit)]


def _measures(homes: Homes, policy: Policy, limit: int) -> Iterator[Happened]:
    rows = Measure.objects.filter(told_of(homes, household=IN_CASE, day="changed_on")).select_related("case")
    for row in rows.order_by("-changed_on", "-id")[:limit]:
        home, what = row.case.household_id, aside(kind_name(row.code), row.need or rule_name(policy, row.rule))
        if row.status in IMPLEMENTED:
            yield Happened(row.starts_on, _("开始实施：%(kind)s") % {"kind": what}, row.organisation, home)
        if row.ends_on or row.status not in IMPLEMENTED:
            said = listed(filter(None, (row.get_status_display(), row.reason)))
            yield Happened(row.ends_on or row.changed_on, led(what, said), row.changed_by_name, home)


def _visits(homes: Homes, _policy: Policy, limit: int) -> Iterator[Happened]:
    rows = FollowUp.objects.filter(told_of(homes, household=IN_CASE)).select_related("case")
    for row in rows.order_by("-on", "-id")[:limit]:
        yield Happened(row.on, led(_("走访"), row.found), row.visitor, row.case.household_id)


def _payments(homes: Homes, _policy: Policy, limit: int) -> Iterator[Happened]:
    for row in Payment.objects.filter(told_of(homes)).order_by("-on", "-id")[:limit]:
        word = _("冲销付款 %(amount)s 元") if row.taken_back_id else _("付款 %(amount)s 元")
        use = listed((kind_name(row.code), row.get_source_display()))
        yield Happened(row.on, led(word % {"amount": fen(row.amount_fen)}, use), row.paid_by_name, row.household_id)


def _looks(homes: Homes, policy: Policy, limit: int) -> Iterator[Happened]:
    rows = Effect.objects.filter(told_of(homes, household=IN_CASE)).select_related("case")
    for row in rows.order_by("-on", "-id")[:limit]:
        seen = aside(row.get_outcome_display(), rule_name(policy, row.rule))
        what = led(_("看 %(n)d 个月效果") % {"n": row.after_months}, seen)
        yield Happened(row.on, what, row.recorded_by_name, row.case.household_id)


def _rescues(homes: Homes, _policy: Policy, limit: int) -> Iterator[Happened]:
    for row in Rescue.objects.filter(told_of(homes)).order_by("-on", "-id")[:limit]:
        what = led(_("先行救助"), aside(kind_name(row.code), row.reason))
        yield Happened(row.on, what, row.recorded_by_name, row.household_id)


TELLING: tuple[Callable[[Homes, Policy, int], Iterator[Happened]], ...] = (
    _measures,
    _visits,
    _payments,
    _looks,
    _rescues,
)
