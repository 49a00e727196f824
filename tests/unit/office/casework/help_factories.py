"""Made-up cases in help, with facts, plans and measures."""

from datetime import date
from itertools import count
from typing import Any

from shouwang.office.casework.models import Cadre, Case, Measure, Plan, State
from shouwang.office.registry.models import FactBatch, FactSheet, Household
from tests.unit.office.factories import VILLAGE, household

INCLUDED = date(2020, 6, 22)
_numbers = count(1)

SAFE: dict[str, Any] = {
    "register": "exited",
    "members": 4,
    "labour_units": 4,
    "net_income": 40_000_00,
    "net_income_before": 40_000_00,
    "income_age_months": 1,
    "insurance_claims": 0,
    "rigid_spending": 0,
    "expected_spending": 0,
    "out_of_school": 0,
    "uninsured_members": 0,
    "housing_grade": "A",
    "water_safe": True,
    "fed_and_clothed": True,
    "guarantee_days": 0,
    "guarantee_unsolved": False,
    "labour_lost": 0,
    "earner_lost": False,
    "support": "",
    "refusals": 0,
    "idle_months": 0,
}
"""A household of four that no rule fires on. *Units*: fen, halves of labour."""


def sheet(home: Household, *, as_of: date = date(2020, 6, 30), **values: Any) -> FactSheet:
    """The facts of a safe household, but for what is given."""
    batch = FactBatch.objects.create(
        run_digest=f"digest{next(_numbers)}", as_of=as_of, register_month=f"{as_of:%Y-%m}", sources={}
    )
    return FactSheet.objects.create(household=home, batch=batch, **{**SAFE, **values})


def included(area_code: str = VILLAGE, *, home: Household | None = None, **values: Any) -> Case:
    """A case the county included, with no plan yet."""
    home = home or household(area_code, head_name="王小明", member_count=4)
    included_on = values.pop("included_on", INCLUDED)
    given = {
        "state": State.INCLUDED,
        "rules": ["below-line"],
        "confirmed_level": 4,
        "next_due_on": date(2020, 7, 2),
        "holder_role": "village",
        **values,
    }
    return Case.objects.create(
        household=home,
        area_code=area_code,
        origin="screening",
        opened_on=date(2020, 6, 8),
        clock_from=date(2020, 6, 8),
        included_on=included_on,
        **given,
    )


def in_help(area_code: str = VILLAGE, **values: Any) -> Case:
    """A case with a plan and a cadre, but no measure."""
    case = included(area_code, **{"state": State.IN_HELP, "next_due_on": None, "holder_role": "", **values})
    cadre = Cadre.objects.create(name=f"干部{next(_numbers)}", organisation="汤丹镇")
    Plan.objects.create(
        case=case,
        area_code=area_code,
        cadre=cadre,
        organisation="汤丹镇",
        due_on=date(2020, 7, 2),
        made_on=date(2020, 6, 28),
        made_by="1",
        made_by_name="测试",
    )
    return case


def measure(case: Case, code: str = "industry", **values: Any) -> Measure:
    given = {"rule": "below-line", "starts_on": date(2020, 7, 1), "status": "running", **values}
    if given["status"] == "done":
        given = {"evidence": "发放表 1", "ends_on": date(2020, 7, 5), **given}
    if given["status"] == "stopped":
        given = {"reason": "搬走", **given}
    return Measure.objects.create(
        plan=case.plan,
        case=case,
        area_code=case.area_code,
        code=code,
        organisation="汤丹镇",
        changed_on=date(2020, 7, 1),
        changed_by="1",
        changed_by_name="测试",
        **given,
    )
