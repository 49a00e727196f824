"""The conditions of the transition table: each says what is missing, or nothing. They read values only, no database."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.casework.models import Case
from shouwang.office.web.speaking import listed
from shouwang.terms.errors import Fault
from shouwang.terms.writing import plain


@dataclass(frozen=True)
class Standing:
    """What stands on record for a case, as far as conditions ask. `labour` counts halves; None is unknown."""

    notice_posted_on: date | None = None
    notice_last_day: date | None = None
    review_is_for: bool | None = None
    open_objections: int = 0
    objections: int = 0
    upheld_objections: int = 0
    unanswered_assets: int = 0
    assets: int = 0
    labour: int | None = None
    household_closed_as: str = ""
    beside: Mapping[str, date] = field(default_factory=dict)
    """Steps whose clocks run beside the state, each with its day, the earliest first."""


@dataclass(frozen=True)
class Given:
    """What a form gives, as far as conditions ask. `missing_criteria` is what the removal check found wanting."""

    people: tuple[str, ...] = ()
    undecided_adults: int = 0
    level: int | None = None
    missing_criteria: tuple[str, ...] | None = None
    goes_on_in: int | None = None
    """The case of the same household in which this one goes on, after a merge."""


Condition = Callable[[Case, Standing, date, Given], Fault | None]


def two_people(people: Sequence[str]) -> Fault | None:
    """Two who go are two different names, however either is written."""
    if len({name for name in map(plain, people) if name}) >= 2:
        return None
    return Fault(_("要两个不同的人一起去"), _("填村和乡镇各一人的姓名"))


def _two_people(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    return two_people(given.people)


def _authorised_or_why_not(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if not given.undecided_adults:
        return None
    return Fault(
        _("还有 %(count)d 名成年人没有签授权，也没有写原因") % {"count": given.undecided_adults},
        _("每人选“已签”，或写明为什么没签"),
    )


def _assets_answered(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if not standing.unanswered_assets:
        return None
    return Fault(
        _("还有 %(count)d 条资产线索没有答复") % {"count": standing.unanswered_assets}, _("逐条答复，写明答复人和凭据")
    )


def _review_is_for(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if standing.review_is_for:
        return None
    return Fault(_("民主评议没有过半数同意"), _("再评议一次，或由乡镇提出不予办理"))


def _notice_ran(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if standing.notice_last_day is None:
        return Fault(_("还没有公示"), _("先在村里张贴公示"))
    if on <= standing.notice_last_day:
        return Fault(
            _("公示到 %(day)s 才满") % {"day": standing.notice_last_day.isoformat()},
            _("公示满期的第二天再办"),
        )
    return None


def _no_open_objection(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if not standing.open_objections:
        return None
    return Fault(_("还有 %(count)d 条异议没有处理") % {"count": standing.open_objections}, _("先处理异议，写明结果"))


def _no_upheld_objection(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if not standing.upheld_objections:
        return None
    return Fault(_("公示中有异议成立"), _("退回补正，或不予办理"))


def _has_labour(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if standing.labour is None:
        return Fault(_("劳动力未知，不能消除"), _("先入户核实劳动力"))
    if standing.labour == 0:
        return Fault(_("整户无劳动力的户暂不消除"), _("继续帮扶和跟踪"))
    return None


def _removal_criteria(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if given.missing_criteria == ():
        return None
    missing = listed(given.missing_criteria or ()) or _("没有对照消除条件")
    return Fault(_("消除条件不够：%(missing)s") % {"missing": missing}, _("条件都满足后再办"))


def _level_is_more_severe(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if given.level and case.confirmed_level and given.level < case.confirmed_level:
        return None
    return Fault(_("级别只能调得更重；降级只走消除程序"), _("选比现在更重的级别"))


def _recheck_is_open(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if case.recheck_due_on:
        return None
    return Fault(_("没有等县级答复的更重的预警"), _("看这一户的经过：也许别人已经答复"))


def _is_due(step: str) -> Condition:
    """A step beside the state is done once, while its clock runs."""

    def condition(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
        if step in standing.beside:
            return None
        return Fault(_("这一步没有等着办，或者已经办过"), _("看这一户的经过"))

    return condition


def _household_is_closed(case: Case, standing: Standing, on: date, given: Given) -> Fault | None:
    if standing.household_closed_as or given.goes_on_in:
        return None
    return Fault(_("这一户在登记册上还在"), _("先在家庭变动里登记死亡、迁出或合户"))


CONDITIONS: dict[str, Condition] = {
    "two_people": _two_people,
    "authorised_or_why_not": _authorised_or_why_not,
    "assets_answered": _assets_answered,
    "review_is_for": _review_is_for,
    "notice_ran": _notice_ran,
    "no_open_objection": _no_open_objection,
    "no_upheld_objection": _no_upheld_objection,
    "has_labour": _has_labour,
    "removal_criteria": _removal_criteria,
    "level_is_more_severe": _level_is_more_severe,
    "recheck_is_open": _recheck_is_open,
    "announcement_is_due": _is_due("announced"),
    "entry_is_due": _is_due("entered"),
    "look_back_is_due": _is_due("looked-back"),
    "household_is_closed": _household_is_closed,
}
ASKS_THE_FORM = ("two_people", "authorised_or_why_not", "removal_criteria", "level_is_more_severe")
"""Conditions on what a form gives: unknown before it is filled."""


def faults(
    needs: Sequence[str], case: Case, standing: Standing, *, on: date, given: Given | None = None
) -> list[Fault]:
    """Everything that is missing, at once."""
    found = (CONDITIONS[name](case, standing, on, given or Given()) for name in needs)
    return [fault for fault in found if fault]


def known_faults(needs: Sequence[str], case: Case, standing: Standing, *, on: date) -> list[Fault]:
    """What can be said to be missing before a form is filled."""
    return faults([name for name in needs if name not in ASKS_THE_FORM], case, standing, on=on)
