"""THE table of what may happen to a case: from which state, to which, by whom, on what conditions, on whose clock.

Nothing changes a case's state but a row of this table. `docs/office/casework.md` shows it and is held to it by a test.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.permissions import Permission as P
from shouwang.office.casework.models.states import Procedure, State

S = State


@dataclass(frozen=True)
class Transition:
    """One thing that can be done. `to` has one state, or those a case can be sent back to; empty: the state stays.

    `needs` names conditions in `conditions.py`; `proof` is the record it leaves; `meets` the step of the schedule that
    it ends, `starts` the steps of `SIDE` whose clocks it starts.
    """

    action: str
    word: str | Promise
    procedure: Procedure
    sources: tuple[State, ...]
    to: tuple[State, ...]
    permission: P
    needs: tuple[str, ...] = ()
    proof: str | Promise = ""
    meets: str = ""
    is_main: bool = False
    """The one next thing on the page of a case in one of the `sources`, if it leads on from there."""
    due: str | Promise = ""
    """What it is called where it is due: the step, not the answer; empty where the word says as much."""
    starts: tuple[str, ...] = ()

    @property
    def due_word(self) -> str | Promise:
        """The step on a list of what is due."""
        return self.due or self.word

    @property
    def page(self) -> str:
        """The name of the address where it is done."""
        return f"cases:{self.action}"

    def target(self, state: str, chosen: str = "") -> str | None:
        """Where a case in `state` goes; None where `chosen` is not one of the states it can be sent back to."""
        if not self.to:
            return state
        if len(self.to) == 1:
            return self.to[0].value
        return chosen if chosen in self.back_to(state) else None

    def leads_on(self, state: str) -> bool:
        """Whether it is the one next thing of a case in `state`."""
        return self.is_main and state in self.sources and self.target(state) != state

    def back_to(self, state: str) -> tuple[str, ...]:
        """The states of `to` that lie before `state`."""
        order = [*S]
        return tuple(target.value for target in self.to if order.index(target) < order.index(S(state)))


@dataclass(frozen=True)
class Clock:
    """What is due next in a state: the step of the schedule, and the role that holds it.

    `word`: what is to be done, of a clock that runs beside the state.
    """

    step: str
    holder: str
    word: str | Promise = ""


INCLUSION, REMOVAL = Procedure.INCLUSION, Procedure.REMOVAL
EARLY = (S.CLUE, S.ASSIGNED, S.VISITED, S.COMPARED, S.REVIEWED, S.NOTICED, S.AUDITED, S.REFUSAL_PROPOSED)
"""Before the county has decided."""
REMOVING = (S.REMOVAL_PROPOSED, S.REMOVAL_VISITED, S.REMOVAL_REVIEWED, S.REMOVAL_NOTICED, S.REMOVAL_AUDITED)
HELPED = (S.INCLUDED, S.IN_HELP)
OPEN = tuple(state for state in S if state.value in S.open())
BEFORE_NOTICE = (S.ASSIGNED, S.VISITED, S.COMPARED, S.REVIEWED)
RAN = ("notice_ran", "no_open_objection", "no_upheld_objection", "assets_answered")

TABLE: tuple[Transition, ...] = (
    # Inclusion
    Transition("assign", _("派人"), INCLUSION, (S.CLUE, S.ASSIGNED), (S.ASSIGNED,), P.CASES_WORK,
               ("two_people",), _("派人记录"), "assigned", is_main=True),
    Transition("visit", _("记录入户"), INCLUSION, (S.ASSIGNED, S.VISITED), (S.VISITED,), P.CASES_WORK,
               ("two_people", "authorised_or_why_not"), _("入户记录、承诺授权"), "visited", is_main=True),
    Transition("answer", _("答复资产线索"), INCLUSION, (S.VISITED, S.COMPARED, S.REVIEWED, S.NOTICED, S.AUDITED), (),
               P.CASES_WORK, (), _("答复人和凭据")),
    Transition("compare", _("完成信息比对"), INCLUSION, (S.VISITED,), (S.COMPARED,), P.CASES_WORK,
               ("assets_answered",), _("逐条答复"), "compared", is_main=True),
    Transition("review", _("记录民主评议"), INCLUSION, (S.COMPARED,), (S.REVIEWED,), P.CASES_WORK,
               (), _("会议记录和票数"), "reviewed", is_main=True),
    Transition("notice", _("张贴公示"), INCLUSION, (S.REVIEWED,), (S.NOTICED,), P.CASES_WORK,
               ("review_is_for",), _("公示表、照片"), "noticed", is_main=True),
    Transition("object", _("登记异议"), INCLUSION, (S.NOTICED, S.AUDITED), (), P.CASES_WORK, (), _("异议登记")),
    Transition("settle", _("处理异议"), INCLUSION, (S.NOTICED, S.AUDITED), (), P.CASES_WORK, (), _("处理结果")),
    Transition("audit", _("审核通过"), INCLUSION, (S.NOTICED,), (S.AUDITED,), P.CASES_AUDIT,
               RAN, _("审核意见"), "audited", is_main=True, due=_("审核")),
    Transition("propose-refusal", _("拟不予纳入"), INCLUSION, (S.VISITED, S.COMPARED, S.REVIEWED, S.NOTICED),
               (S.REFUSAL_PROPOSED,), P.CASES_AUDIT, ("no_open_objection",), _("理由"), "audited"),
    Transition("include", _("同意纳入"), INCLUSION, (S.AUDITED,), (S.INCLUDED,), P.CASES_DECIDE,
               RAN, _("审定编号"), "decided", is_main=True, due=_("审定"), starts=("announced", "entered")),
    Transition("refuse", _("不予纳入"), INCLUSION, (S.AUDITED,), (S.REFUSED,), P.CASES_DECIDE,
               ("no_open_objection",), _("理由"), "decided"),
    Transition("refuse", _("不予纳入"), INCLUSION, (S.REFUSAL_PROPOSED,), (S.REFUSED,), P.CASES_DECIDE,
               ("no_open_objection",), _("理由"), "decided", is_main=True, due=_("审定")),
    Transition("tell", _("告知农户"), INCLUSION, (S.REFUSED,), (S.CLOSED,), P.CASES_WORK,
               (), _("告知人、日期和方式"), "told", is_main=True),
    Transition("return", _("退回补正"), INCLUSION, (S.VISITED, S.COMPARED, S.REVIEWED, S.NOTICED), BEFORE_NOTICE,
               P.CASES_AUDIT, (), _("退回理由")),
    Transition("send-back", _("退回补正"), INCLUSION, (S.AUDITED, S.REFUSAL_PROPOSED), BEFORE_NOTICE,
               P.CASES_DECIDE, (), _("退回理由")),
    Transition("withdraw", _("撤回"), INCLUSION, EARLY, (S.CLOSED,), P.CASES_WORK, (), _("农户的撤回理由")),
    # Help
    Transition("start-help", _("开始帮扶"), INCLUSION, (S.INCLUDED,), (S.IN_HELP,), P.HELP_WORK,
               (), _("帮扶计划"), "measures", is_main=True),
    Transition("raise-level", _("调高级别"), INCLUSION, HELPED, (), P.CASES_DECIDE,
               ("level_is_more_severe",), _("审定编号"), "rechecked"),
    Transition("keep-level", _("维持级别"), INCLUSION, HELPED, (), P.CASES_DECIDE,
               ("recheck_is_open",), _("理由"), "rechecked"),
    # Removal, by the same steps
    Transition("propose-removal", _("提出消除"), INCLUSION, (S.IN_HELP,), (S.REMOVAL_PROPOSED,), P.CASES_WORK,
               ("has_labour", "removal_criteria"), _("消除条件对照")),
    Transition("visit", _("记录入户"), REMOVAL, (S.REMOVAL_PROPOSED, S.REMOVAL_VISITED), (S.REMOVAL_VISITED,),
               P.CASES_WORK, ("two_people",), _("入户记录"), "visited", is_main=True),
    Transition("review", _("记录民主评议"), REMOVAL, (S.REMOVAL_VISITED,), (S.REMOVAL_REVIEWED,), P.CASES_WORK,
               (), _("会议记录和票数"), "reviewed", is_main=True),
    Transition("notice", _("张贴公示"), REMOVAL, (S.REMOVAL_REVIEWED,), (S.REMOVAL_NOTICED,), P.CASES_WORK,
               ("review_is_for",), _("公示表、照片"), "noticed", is_main=True),
    Transition("object", _("登记异议"), REMOVAL, (S.REMOVAL_NOTICED, S.REMOVAL_AUDITED), (), P.CASES_WORK,
               (), _("异议登记")),
    Transition("settle", _("处理异议"), REMOVAL, (S.REMOVAL_NOTICED, S.REMOVAL_AUDITED), (), P.CASES_WORK,
               (), _("处理结果")),
    Transition("audit", _("审核通过"), REMOVAL, (S.REMOVAL_NOTICED,), (S.REMOVAL_AUDITED,), P.CASES_AUDIT,
               ("notice_ran", "no_open_objection", "no_upheld_objection"), _("审核意见"), "audited", is_main=True,
               due=_("审核")),
    Transition("remove", _("同意消除"), REMOVAL, (S.REMOVAL_AUDITED,), (S.REMOVED,), P.CASES_DECIDE,
               ("notice_ran", "no_open_objection", "no_upheld_objection", "has_labour", "removal_criteria"),
               _("审定编号"), "decided", is_main=True, due=_("审定"), starts=("announced", "entered", "looked-back")),
    Transition("return", _("退回补正"), REMOVAL, (S.REMOVAL_VISITED, S.REMOVAL_REVIEWED, S.REMOVAL_NOTICED),
               (S.REMOVAL_PROPOSED, S.REMOVAL_VISITED, S.REMOVAL_REVIEWED), P.CASES_AUDIT, (), _("退回理由")),
    Transition("send-back", _("退回补正"), REMOVAL, (S.REMOVAL_AUDITED,),
               (S.REMOVAL_PROPOSED, S.REMOVAL_VISITED, S.REMOVAL_REVIEWED), P.CASES_DECIDE, (), _("退回理由")),
    Transition("stop-removal", _("不消除，继续帮扶"), REMOVAL, REMOVING[:-1], (S.IN_HELP,), P.CASES_AUDIT,
               ("no_open_objection",), _("理由")),
    Transition("keep", _("不予消除"), REMOVAL, (S.REMOVAL_AUDITED,), (S.IN_HELP,), P.CASES_DECIDE,
               ("no_open_objection",), _("理由"), "decided"),
    Transition("raise-level", _("调高级别，继续帮扶"), REMOVAL, REMOVING, (S.IN_HELP,), P.CASES_DECIDE,
               ("level_is_more_severe", "no_open_objection"), _("审定编号"), "rechecked"),
    Transition("keep-level", _("维持级别"), REMOVAL, REMOVING, (), P.CASES_DECIDE,
               ("recheck_is_open",), _("理由"), "rechecked"),
    # After the decision, beside the state
    Transition("announce", _("公告结果"), INCLUSION, (*HELPED, *REMOVING), (), P.CASES_AUDIT,
               ("announcement_is_due",), _("公告表、照片"), "announced"),
    Transition("enter", _("录入"), INCLUSION, (*HELPED, *REMOVING), (), P.CASES_WORK,
               ("entry_is_due",), _("录入日期和编号"), "entered"),
    Transition("announce", _("公告结果"), REMOVAL, (S.REMOVED,), (), P.CASES_AUDIT,
               ("announcement_is_due",), _("公告表、照片"), "announced"),
    Transition("enter", _("录入"), REMOVAL, (S.REMOVED,), (), P.CASES_WORK,
               ("entry_is_due",), _("录入日期和编号"), "entered"),
    Transition("look-back", _("回头看"), REMOVAL, (S.REMOVED,), (), P.CASES_WORK,
               ("look_back_is_due",), _("走访记录"), "looked-back", starts=("looked-back",)),
    # At any time
    Transition("close", _("结案"), INCLUSION, (*EARLY, *HELPED), (S.CLOSED,), P.CASES_WORK,
               ("household_is_closed",), _("登记册上的变动")),
    Transition("close", _("结案"), REMOVAL, REMOVING, (S.CLOSED,), P.CASES_WORK,
               ("household_is_closed",), _("登记册上的变动")),
)  # fmt: skip

CLOCKS: dict[State, Clock] = {
    S.CLUE: Clock("assigned", "township"),
    S.ASSIGNED: Clock("visited", "village"),
    S.VISITED: Clock("compared", "village"),
    S.COMPARED: Clock("reviewed", "village"),
    S.REVIEWED: Clock("noticed", "village"),
    S.NOTICED: Clock("audited", "township"),
    S.AUDITED: Clock("decided", "county-decider"),
    S.REFUSAL_PROPOSED: Clock("decided", "county-decider"),
    S.INCLUDED: Clock("measures", "village"),
    S.IN_HELP: Clock("helped", "village"),
    S.REMOVAL_PROPOSED: Clock("visited", "village"),
    S.REMOVAL_VISITED: Clock("reviewed", "village"),
    S.REMOVAL_REVIEWED: Clock("noticed", "village"),
    S.REMOVAL_NOTICED: Clock("audited", "township"),
    S.REMOVAL_AUDITED: Clock("decided", "county-decider"),
    S.REFUSED: Clock("told", "village"),
}
"""Every other state waits for nothing. Help in progress is due when the first of its measures, looks and visits is."""

RECHECK = Clock("rechecked", "county-decider", _("定级别"))
"""Runs beside the clock of the state: a warning is more severe than the confirmed level of an included household."""

SIDE: dict[str, Clock] = {
    clock.step: clock
    for clock in (
        Clock("announced", "township", _("公告结果")),
        Clock("entered", "village", _("录入")),
        Clock("looked-back", "village", _("回头看")),
    )
}
"""What is due after a decision, while the state goes on or stands still: it holds up nothing."""

ABOVE = {"village": "township", "township": "county-decider"}
"""To whom a late step goes up."""

STEPS: dict[Procedure, tuple[State, ...]] = {
    INCLUSION: (
        S.CLUE, S.ASSIGNED, S.VISITED, S.COMPARED, S.REVIEWED, S.NOTICED, S.AUDITED, S.INCLUDED, S.IN_HELP,
    ),
    REMOVAL: (*REMOVING, S.REMOVED),
}  # fmt: skip
"""The bar of steps on a page."""

ACTIONS = tuple(dict.fromkeys(row.action for row in TABLE))


def find(action: str, state: str) -> Transition | None:
    """The row for an action on a case in a state; None where it is not allowed."""
    return next((row for row in TABLE if row.action == action and state in row.sources), None)


def possible(state: str, permissions: frozenset[P]) -> Iterator[Transition]:
    """What somebody with these permissions may do to a case in a state, whatever the conditions say."""
    return (row for row in TABLE if state in row.sources and row.permission in permissions)


def main_of(state: str) -> Transition | None:
    """The one next thing of a state, whoever may do it."""
    return next((row for row in TABLE if row.leads_on(state)), None)
