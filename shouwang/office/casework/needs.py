"""What a household may say it is short of, and which facts a visit asks about each."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Need:
    """One kind of need. `facts` are names of the policy's vocabulary, the most telling first."""

    code: str
    word: str | Promise
    facts: tuple[str, ...]


NEEDS = (
    Need("housing", _("住房"), ("housing_grade", "expected_spending")),
    Need("illness", _("看病"), ("medical_spending", "insurance_claims", "uninsured_members", "labour_lost")),
    Need("disability", _("残疾"), ("disability_grade_new", "labour_units")),
    Need("school", _("上学"), ("school_spending", "out_of_school")),
    Need("food", _("吃穿"), ("fed_and_clothed",)),
    Need("water", _("饮水"), ("water_safe",)),
    Need("disaster", _("受灾"), ("disaster_loss", "insurance_claims", "housing_grade")),
    Need("accident", _("意外事故"), ("accident_spending", "insurance_claims")),
    Need("income", _("收入、务工"), ("net_income", "transfer_income", "labour_units", "idle_months", "earner_lost")),
    Need("spending", _("欠债、大额支出"), ("expected_spending",)),
)
CODES = frozenset(need.code for need in NEEDS)
