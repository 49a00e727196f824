"""What is due next in help: plan, measures, looks at the effect, visits; the earliest is the clock of the case."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.office.casework.measure_steps import WAITING
from shouwang.office.casework.models import Case, Effect, FollowUp, Measure, State
from shouwang.office.casework.queries.help_effects import looks
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.office.casework.transitions import REMOVING
from shouwang.policy.help_figures import figure
from shouwang.terms.months import months_after
from shouwang.terms.working_days import working_day_from

PLAN = gettext_lazy("制定帮扶计划")


@dataclass(frozen=True)
class HelpDue:
    """One thing to do in help, and the day by which."""

    due_on: date
    word: str | Promise


@dataclass(frozen=True)
class OnRecord:
    """What stands on record of one case in help. Unknown: no visit yet."""

    waiting: Sequence[Measure] = ()
    looked: frozenset[int] = frozenset()
    visited_on: date | None = None


NOTHING = OnRecord()


def due_next(case: Case, on_record: OnRecord, *, on: date) -> list[HelpDue]:
    """Everything that waits in the help of one case, the earliest first; nothing where it is not helped."""
    if case.state == State.INCLUDED:
        return [HelpDue(case.next_due_on, PLAN)] if case.next_due_on else []
    if case.state not in (State.IN_HELP, *REMOVING) or case.included_on is None:
        return []
    last = max(case.included_on, on_record.visited_on or case.included_on)
    visit = HelpDue(working_day_from(months_after(last, figure("visited_every", on))), _("走访"))
    found = [*_starts(on_record.waiting, on=on), *_looks(case, on_record.looked, on=on), visit]
    return sorted(found, key=lambda one: one.due_on)


def _starts(waiting: Iterable[Measure], *, on: date) -> Iterable[HelpDue]:
    """A measure is to start on its day; one that was held for a reason is asked about again."""
    for row in waiting:
        is_held = row.status == Measure.Status.NOT_STARTED
        day = months_after(row.changed_on, figure("held_asked_again_after", on)) if is_held else row.starts_on
        word = _("尚未实施，再问一次：%(kind)s") if is_held else _("开始实施：%(kind)s")
        yield HelpDue(working_day_from(day), word % {"kind": kind_name(row.code)})


def _looks(case: Case, looked: frozenset[int], *, on: date) -> Iterable[HelpDue]:
    """Without a rule there is nothing to look at."""
    for look in looks(case, on=on) if case.rules else ():
        if look.after_months not in looked:
            day = working_day_from(look.due_on + timedelta(days=figure("looked_within", on)))
            yield HelpDue(day, _("看 %(n)d 个月效果") % {"n": look.after_months})


def of_cases(cases: Sequence[Case], *, on: date) -> Mapping[int, list[HelpDue]]:
    """The same for many cases, by their number; three queries, or none where nobody is helped."""
    helped = [case for case in cases if case.state in (State.IN_HELP, *REMOVING)]
    records = _records(helped) if helped else {}
    return {case.pk: due_next(case, records.get(case.pk, NOTHING), on=on) for case in cases}


def _records(cases: Sequence[Case]) -> dict[int, OnRecord]:
    waiting: dict[int, list[Measure]] = {case.pk: [] for case in cases}
    looked: dict[int, set[int]] = {case.pk: set() for case in cases}
    shown = ("case_id", "code", "status", "starts_on", "changed_on")
    for row in Measure.objects.filter(case__in=waiting, status__in=WAITING).only(*shown).order_by("id"):
        waiting[row.case_id].append(row)
    for number, months in Effect.objects.filter(case__in=waiting).values_list("case", "after_months").distinct():
        looked[number].add(months)
    visits = FollowUp.objects.filter(case__in=waiting).order_by().values("case").annotate(last=Max("on"))
    visited = dict(visits.values_list("case", "last"))
    return {number: OnRecord(waiting[number], frozenset(looked[number]), visited.get(number)) for number in waiting}
