"""Households that left the register, have a guarantee broken, and are not monitored: no case of theirs is open.

It is asked of the facts that count now, of all households of an area at once. What is not known is never a fault.
"""

from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.db.models import Case as Condition
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.scope import Scope
from shouwang.office.casework.models import Case
from shouwang.office.casework.queries.help_faults import Said
from shouwang.office.registry.models import EXITED_WITH_A_GAP, FactSheet, Household, Membership
from shouwang.screening.datasets import code_tables

SICK = ("长期慢性病", "患有大病")
"""The words of 健康状况 that say somebody is ill, as in the checks of lists; a disability is none of them."""
Sheets = QuerySet[FactSheet]


@dataclass(frozen=True)
class Gap:
    """One guarantee that is broken, and the condition on a sheet that has `sick` beside its facts."""

    code: str
    word: str | Promise
    is_broken: Q

    @property
    def flag(self) -> str:
        return f"is_{self.code}"


GAPS = (
    Gap("house", _("住在 C、D 级危房"), Q(housing_grade__gt="B")),
    Gap("water", _("饮水不安全"), Q(water_safe=False)),
    Gap("sick", _("有病人没有参保"), Q(uninsured_members__gt=F("members") - F("sick"))),
    Gap("school", _("有适龄儿童失学辍学"), Q(out_of_school__gt=0)),
)
"""The facts say how many are uninsured, not who. Where the uninsured and the ill together are more than the people
there are, somebody must be both; anything less is not known, and no fault.

Source: 公开的监测数据检查工具：脱贫户有住房、饮水、参保、就学问题而未纳入监测。
"""

SAID = Said(
    "not-monitored",
    _("脱贫户住危房、饮水不安全、病人没有参保或孩子失学，却没有纳入监测"),
    _("马上入户核实；属实的登记线索，按程序纳入"),
)


def found(scope: Scope) -> Sheets:
    """Sheets of the area, with their households; to be ordered by `KEYS`."""
    return _broken(_inside(scope)).select_related("household")


KEYS = ("household__area_code", "household_id")


def counted(scope: Scope) -> tuple[Said, int, int]:
    """The rule with how many households and people of the area break it, in one query."""
    rows = _broken(_inside(scope)).order_by()
    found = rows.aggregate(households=Count("pk"), people=Coalesce(Sum("household__member_count"), 0))
    return SAID, found["households"], found["people"]


def by_gap(scope: Scope) -> list[tuple[Gap, int]]:
    """How many of these households have each gap; one may have several. One query."""
    rows = _broken(_inside(scope)).order_by()
    found = rows.aggregate(**{gap.code: Count("pk", filter=Q(**{gap.flag: True})) for gap in GAPS})
    return [(gap, found[gap.code]) for gap in GAPS]


def words(sheet: FactSheet) -> list[str | Promise]:
    """What is broken, of a sheet that `found` gave."""
    return [gap.word for gap in GAPS if getattr(sheet, gap.flag)]


def of_household(home: Household) -> list[str | Promise]:
    """What is broken in one household that should be monitored and is not; none for any other household."""
    sheet = _broken(FactSheet.objects.filter(pk=home.pk)).first()
    return words(sheet) if sheet else []


def _inside(scope: Scope) -> Sheets:
    """By an expression, so that the database walks the few sheets of the index and not all households of the area."""
    rows = FactSheet.objects.alias(area=Coalesce("household__area_code", Value("")))
    return scope.filter(rows, field="area")


def _broken(sheets: Sheets) -> Sheets:
    """Each gap as a flag of the sheet; the first condition is the index's."""
    open_case = Case.objects.filter(household=OuterRef("household"), closed_on=None)
    rows = sheets.filter(EXITED_WITH_A_GAP, household__closed_on=None).exclude(Exists(open_case))
    flags = {gap.flag: When(gap.is_broken, then=True) for gap in GAPS}
    rows = rows.alias(sick=_sick()).annotate(**{name: Condition(flag, default=False) for name, flag in flags.items()})
    return rows.filter(reduce(or_, (Q(**{name: True}) for name in flags)))


def _sick() -> Subquery:
    """How many of those who live there are known to be ill. Unknown: null, where nobody is."""
    is_ill = reduce(or_, (Q(person__health__contains=word) for word in _words_of_illness()))
    ill = Membership.objects.filter(is_ill, household=OuterRef("household"), until=None, person__died_on=None)
    counted = ill.order_by().values("household").annotate(n=Count("id")).values("n")
    return Subquery(counted, output_field=IntegerField())


def _words_of_illness() -> list[str]:
    """Every way to write it, without those that hold a shorter one."""
    spelled = code_tables.load("health").spellings
    found = sorted((text for text, word in spelled.items() if word in SICK), key=len)
    return [text for n, text in enumerate(found) if not any(shorter in text for shorter in found[:n])]
