"""Two households become one: of their two cases one goes on, the other is closed into it."""

from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.audit.actor import Actor
from shouwang.office.casework.actions import help_clocks
from shouwang.office.casework.actions.carrying import take_measure_to, take_to
from shouwang.office.casework.actions.closing import close_into
from shouwang.office.casework.actions.help_ending import open_of, stop_all
from shouwang.office.casework.models import Case, Plan
from shouwang.office.casework.queries.schedules import days_for
from shouwang.office.casework.ticking import end_recheck, start_recheck
from shouwang.office.registry.models import Household
from shouwang.office.warnings.models import Warning
from shouwang.office.warnings.queries.warnings import newest_of_household


def merge(own: Case | None, theirs: Case | None, into: Household, *, by: Actor, on: date) -> Case | None:
    """The one case of the household that took the other in; `own` is of the one that ended. None: neither had one.

    The case the county decided on goes on, and of two such the one with a plan; else that of the receiving household.
    """
    if own is None or theirs is None:
        kept, ended = own or theirs, None
    elif _weight(own) > _weight(theirs):
        kept, ended = own, theirs
    else:
        kept, ended = theirs, own
    if kept is None:
        return None
    if ended is not None:
        _take_over(kept, ended, by=by, on=on)
        close_into(ended.pk, kept, by=by, on=on)
    if kept.household_id != into.pk:
        take_to(kept, into)
    help_clocks.keep(kept.pk, on=on)
    return kept


def _weight(case: Case) -> tuple[bool, bool]:
    return case.confirmed_level is not None, Plan.objects.filter(case=case).exists()


def _take_over(kept: Case, ended: Case, *, by: Actor, on: date) -> None:
    """The graver levels, all rules, the question to the county, and the measures that go on."""
    graver = _graver(kept.suspected_level, ended.suspected_level)
    if graver != kept.suspected_level:
        kept.suspected_level, kept.sentence = graver, ended.sentence
        kept.national_type = ended.national_type
        kept.run_digest, kept.policy = ended.run_digest, ended.policy
    kept.rules = [*kept.rules, *(rule for rule in ended.rules if rule not in kept.rules)]
    kept.national_type = kept.national_type or ended.national_type
    kept.confirmed_level = _graver(kept.confirmed_level, ended.confirmed_level)
    _ask_the_county(kept, ended, on=on)
    kept.save()
    _take_measures(kept, ended, by=by, on=on)


def _graver(one: int | None, other: int | None) -> int | None:
    """Unknown: None, graver than nothing."""
    return min((level for level in (one, other) if level is not None), default=None)


def _ask_the_county(kept: Case, ended: Case, *, on: date) -> None:
    """Whether the level rises: what was asked of either is asked of the one, where it is still more severe."""
    if kept.confirmed_level is None:
        return
    due = min((day for day in (kept.recheck_due_on, ended.recheck_due_on) if day), default=None)
    if kept.recheck_level is not None and kept.recheck_level >= kept.confirmed_level:
        end_recheck(kept)
    worst = kept.recheck_level or kept.confirmed_level
    asking = _asking(ended)
    if asking is not None and asking.level is not None and asking.level < worst:
        start_recheck(kept, asking, on=on, days=days_for(kept.area_code, on=on))
    if kept.recheck_due_on:
        kept.recheck_due_on = due or kept.recheck_due_on


def _asking(ended: Case) -> Warning | None:
    """The warning of a case that ends to which the county has given no answer."""
    if ended.confirmed_level is not None:
        return ended.recheck_warning
    return newest_of_household(ended.household_id)


def _take_measures(kept: Case, ended: Case, *, by: Actor, on: date) -> None:
    """What is the same in both plans ends in the one that ends; without a plan there is nothing to take."""
    measures, plan = open_of(ended), Plan.objects.filter(case=kept).select_related("case").first()
    if plan is None:
        return
    there = {(row.code, row.rule, row.person_id) for row in open_of(kept)}
    double = [row for row in measures if (row.code, row.rule, row.person_id) in there]
    stop_all(double, _("合户：并入的户已有同一项措施"), by=by, on=on)
    for row in measures:
        if row not in double:
            take_measure_to(row, plan, by=by)
