"""Rules of data quality that speak up about help: each finds cases by a set, says what is wrong, and what cures it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum, TextField
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.scope import Scope
from shouwang.office.casework.measure_steps import WAITING
from shouwang.office.casework.models import Case, Effect, FollowUp, Measure, Plan, State
from shouwang.office.registry.models import FactSheet
from shouwang.policy import load, names
from shouwang.policy.help_figures import figure
from shouwang.policy.measure_kinds import MEASURES
from shouwang.terms.months import months_before

Cases = QuerySet[Case]
HELPED = (
    State.INCLUDED,
    State.IN_HELP,
    State.REMOVAL_PROPOSED,
    State.REMOVAL_VISITED,
    State.REMOVAL_REVIEWED,
    State.REMOVAL_NOTICED,
    State.REMOVAL_AUDITED,
)
"""States in which a household is being helped."""
WORK = ("jobs", "public-post")
DEVELOPING = tuple(kind.code for kind in MEASURES if kind.develops)
SECURITY = "social-security"
GUARANTEES = ("out_of_school", "uninsured_members", "housing_grade", "water_safe")
"""三保障和饮水安全。"""


@dataclass(frozen=True)
class Said:
    """A rule as a page tells it."""

    code: str
    sentence: str | Promise
    cure: str | Promise


@dataclass(frozen=True)
class HelpFault:
    """One rule. `find` narrows the cases of an area to those that break it on a day."""

    code: str
    sentence: str | Promise
    cure: str | Promise
    find: Callable[[Cases, date], Cases]
    months: str = ""
    """The figure the sentence tells, of `shouwang/policy/help_figures.yaml`."""

    def said(self, on: date) -> "Said":
        told = {"months": figure(self.months, on)} if self.months else {}
        return Said(self.code, str(self.sentence) % told, self.cure)


def _running(cases: Cases) -> Cases:
    return cases.filter(state__in=HELPED)


def _removed(cases: Cases) -> Cases:
    """Without those who have entered again: the new case is where to look."""
    again = Case.objects.filter(household=OuterRef("household"), closed_on=None)
    return cases.filter(state=State.REMOVED).exclude(Exists(again))


def _measures(**conditions: object) -> Exists:
    return Exists(Measure.objects.filter(case=OuterRef("pk"), **conditions).exclude(status=Measure.Status.STOPPED))


def _has_labour() -> Exists:
    return _knows(labour_units__gt=0)


def _knows(**facts: object) -> Exists:
    return Exists(FactSheet.objects.filter(household=OuterRef("household"), **facts))


def _no_measure(cases: Cases, on: date) -> Cases:
    limit = months_before(on, figure("plan_missing_after", on))
    return _running(cases).filter(included_on__lte=limit).exclude(_measures())


def _only_security(cases: Cases, on: date) -> Cases:
    others = Exists(
        Measure.objects.filter(case=OuterRef("pk")).exclude(code=SECURITY).exclude(status=Measure.Status.STOPPED)
    )
    return _running(cases).filter(_has_labour(), _measures(code=SECURITY)).exclude(others)


def _not_developing(cases: Cases, on: date) -> Cases:
    limit = months_before(on, figure("developing_missing_after", on))
    rows = _running(cases).filter(_has_labour(), included_on__lte=limit)
    return rows.exclude(_measures(code__in=DEVELOPING))


def _not_started(cases: Cases, on: date) -> Cases:
    waiting = Measure.objects.filter(case=OuterRef("pk"), status__in=WAITING, starts_on__lt=on)
    return _running(cases).filter(Exists(waiting))


def _rule_unanswered(cases: Cases, on: date) -> Cases:
    """A fired rule without a measure; only of cases that have a plan, the others have a clock."""
    planned = _running(cases).filter(Exists(Plan.objects.filter(case=OuterRef("pk"))))
    codes = sorted({rule.code for name in names() for rule in load(name).rules})
    gap = Q()
    for code in codes:
        gap |= Q(Q(rules_text__contains=f'"{code}"') & ~_measures(rule=code))
    return planned.annotate(rules_text=Cast("rules", TextField())).filter(gap)


def _no_cadre(cases: Cases, on: date) -> Cases:
    named = Plan.objects.filter(case=OuterRef("pk"), cadre__isnull=False)
    return _running(cases).exclude(state=State.INCLUDED).exclude(Exists(named))


def _not_looked(cases: Cases, on: date) -> Cases:
    """Where no rule fired there is nothing to look at."""
    late = Q()
    for name in ("effect_first_after", "effect_second_after"):
        after = figure(name, on)
        seen = Exists(Effect.objects.filter(case=OuterRef("pk"), after_months=after))
        late |= Q(Q(included_on__lte=months_before(on, after)) & ~seen)
    return _running(cases).filter(late).exclude(rules=[])


def _does_not_work(cases: Cases, on: date) -> Cases:
    last = figure("effect_second_after", on)
    seen = Effect.objects.filter(case=OuterRef("pk"), after_months=last, outcome=Effect.Outcome.DOES_NOT)
    return _running(cases).filter(Exists(seen))


def _never_visited(cases: Cases, on: date) -> Cases:
    limit = months_before(on, figure("visited_every", on))
    visits = FollowUp.objects.filter(case=OuterRef("pk"), on__gt=limit)
    return _running(cases).filter(included_on__lte=limit).exclude(Exists(visits))


def _removed_without_work(cases: Cases, on: date) -> Cases:
    """Wages are no fact of the office: nothing earned beside transfers, or somebody able who is idle, comes nearest.

    Only facts of a run after the measure began count.
    """
    idle = Q(household__sheet__idle_months__gte=figure("idle_after_removal", on))
    nothing_earned = Q(household__sheet__net_income__lte=F("household__sheet__transfer_income"))
    begun = _measures(code__in=WORK, starts_on__lte=OuterRef("household__sheet__batch__as_of"))
    return _removed(cases).filter(begun, idle | nothing_earned)


def _removed_blind(cases: Cases, on: date) -> Cases:
    return _removed(cases).exclude(_knows(net_income__isnull=False))


def _no_risk(cases: Cases, on: date) -> Cases:
    return _running(cases).filter(rules=[])


def _no_income(cases: Cases, on: date) -> Cases:
    return _running(cases).exclude(_knows(net_income__isnull=False))


def _guarantees_blank(cases: Cases, on: date) -> Cases:
    return _running(cases).exclude(_knows(**{f"{name}__isnull": False for name in GUARANTEES}))


FAULTS = (
    HelpFault(
        "no-measure",
        _("纳入满 %(months)s 个月没有一项帮扶措施"),
        _("制定帮扶计划，针对每条规则至少一项"),
        _no_measure,
        "plan_missing_after",
    ),
    HelpFault("rule-unanswered", _("有触发的规则没有对应的措施"), _("给缺的规则补上措施"), _rule_unanswered),
    HelpFault(
        "only-security", _("家里有劳动力，却只有综合保障"), _("加上产业、就业、金融或公益岗位措施"), _only_security
    ),
    HelpFault(
        "no-developing",
        _("有劳动力，纳入满 %(months)s 个月未消除，没有开发式措施"),
        _("加上产业、就业、金融或公益岗位措施"),
        _not_developing,
        "developing_missing_after",
    ),
    HelpFault("not-started", _("措施过了开始日期还没有实施"), _("开始实施，或写明原因"), _not_started),
    HelpFault("no-cadre", _("没有责任干部"), _("指定责任干部和单位"), _no_cadre),
    HelpFault("no-follow-up", _("%(months)s 个月没有走访"), _("去走访，并记下来"), _never_visited, "visited_every"),
    HelpFault("not-looked", _("到了看效果的时候还没有看"), _("在这一户的帮扶页上看效果"), _not_looked),
    HelpFault(
        "does-not-work",
        _("帮扶 %(months)s 个月，风险仍在"),
        _("换措施或加措施，报乡镇研究"),
        _does_not_work,
        "effect_second_after",
    ),
    HelpFault(
        "removed-blind",
        _("风险已消除，收入却未知"),
        _("回头看，核实收入"),
        _removed_blind,
    ),
    HelpFault(
        "removed-without-work",
        _("风险已消除，记了就业或公益岗位措施，却没有挣来的收入，或有劳动力的成员闲置满 %(months)s 个月"),
        _("核实在不在岗、工资发没发；没有就业的，复核消除"),
        _removed_without_work,
        "idle_after_removal",
    ),
    HelpFault("no-risk", _("监测户没有风险类型"), _("入户弄清风险，记入入户所见"), _no_risk),
    HelpFault("no-income", _("监测户收入未知"), _("入户核实收入"), _no_income),
    HelpFault(
        "guarantees-blank",
        _("监测户的义务教育、医保、住房或饮水情况有缺项"),
        _("入户核实，把缺的补上"),
        _guarantees_blank,
    ),
)
"""Source: 公开的监测数据检查工具 (识别一个月无措施、有劳动力无开发式措施、一兜了之、尚未实施、
消除而工资为零、缺风险类型、收入、三保障)；识别时间由数据库保证，认定即有；其余是我们的解读。"""

_BY_CODE = {fault.code: fault for fault in FAULTS}


def found(scope: Scope, code: str, *, on: date) -> Cases:
    """The cases of the area that break a rule, by area; none for a code that is no rule."""
    fault = _BY_CODE.get(code)
    if fault is None:
        return Case.objects.none()
    rows = scope.filter(Case.objects.select_related("household"))
    return fault.find(rows, on).order_by("area_code", "id")


def named(code: str, *, on: date) -> Said | None:
    """None for a code that is no rule."""
    return _BY_CODE[code].said(on) if code in _BY_CODE else None


def counted(scope: Scope, *, on: date) -> list[tuple[Said, int, int]]:
    """Every rule with how many households and people of the area break it. One query each."""
    cases = scope.filter(Case.objects.all())
    return [(fault.said(on), *_households_and_people(fault.find(cases, on))) for fault in FAULTS]


def _households_and_people(rows: Cases) -> tuple[int, int]:
    found = rows.order_by().aggregate(households=Count("id"), people=Coalesce(Sum("household__member_count"), 0))
    return found["households"], found["people"]


def of_case(case: Case, *, on: date) -> list[Said]:
    """The rules one case breaks, in one query."""
    flags = _flags(on)
    broken = Case.objects.filter(pk=case.pk).annotate(**flags).values(*flags).first() or {}
    return [fault.said(on) for number, fault in enumerate(FAULTS) if broken.get(f"is_{number}")]


@lru_cache(maxsize=4)
def _flags(on: date) -> dict[str, Exists]:
    """Every rule as a condition on a case; put together once a day, which takes longer than asking."""
    this = Case.objects.filter(pk=OuterRef("pk"))
    return {f"is_{number}": Exists(fault.find(this, on)) for number, fault in enumerate(FAULTS)}
