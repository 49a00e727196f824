"""Random homes, around every line of the policy."""

from datetime import date

import numpy as np

from tests.support.city import City, Home

SEED = 20_200_630
VALUES = {
    "members": ["0", "1", "2", "3", "7"],
    "labour_units": ["0", "0.5", "1", "2"],
    "net_income": ["0", "-1", "3999.99", "4000", "5999.99", "6000", "12000", "24000", "24000.01", "100000"],
    "net_income_before": ["0", "5714.28", "8571.43", "34285.71", "34285.72", "40000"],
    "income_age_months": ["0", "12", "13"],
    "transfer_income": ["0", "2000", "12000"],
    "insurance_claims": ["0", "100", "30000"],
    "medical_spending": ["0", "0.01", "2499.99", "2500", "4999.99", "5000", "10000", "19999.99", "20000"],
    "school_spending": ["0", "1200.55"],
    "disaster_loss": ["0", "3600"],
    "accident_spending": ["0", "7200"],
    "rigid_spending": ["0", "4999.99", "5000", "7200"],
    "expected_spending": ["0", "1", "5000"],
    "out_of_school": ["0", "1"],
    "uninsured_members": ["0", "2"],
    "housing_grade": ["A", "B", "C", "D"],
    "water_safe": ["yes", "no"],
    "fed_and_clothed": ["yes", "no"],
    "guarantee_days": ["0", "30", "31"],
    "guarantee_unsolved": ["yes", "no"],
    "disability_grade_new": ["0", "1", "2", "3", "4"],
    "labour_lost": ["0", "1"],
    "earner_lost": ["yes", "no"],
    "refusals": ["0", "1", "2"],
    "idle_months": ["0", "5", "6"],
    "overdue_days": ["0", "1"],
    "has_head": ["yes", "no"],
    "register": ["exited", "registered", "general"],
}
"""Around every line of the policy: just under, on it, just over."""


def random_home(city: City, draw: np.random.Generator) -> Home:
    """Of some homes much is known, of some little; what is known a visit has verified."""
    quiet = bool(draw.random() < 0.6)
    net, before = (None if draw.random() < 0.3 else int(draw.integers(0, 30)) * 1_000 for _ in range(2))
    register = str(draw.choice(["exited", "registered", "general"]))
    home = city.home(register=register, net=net, before=before, quiet=quiet)
    if draw.random() < 0.2:
        city.roll("social_assistance", home.head, 救助类别=str(draw.choice(["低保", "特困", "孤儿"])))
    if draw.random() < 0.2:
        city.roll("social_assistance", home.head, 救助类别="特困", 证件号码="")
    if draw.random() < 0.2:
        city.roll("vehicles", home.head)
    for fact in draw.choice(sorted(VALUES), size=int(draw.integers(0, 20)), replace=False):
        city.visit(home, str(fact), str(draw.choice(VALUES[str(fact)])), date(2020, 6, int(draw.integers(1, 30))))
    return home


def random_city(homes: int) -> City:
    """The same city for the same number of homes."""
    city, draw = City(), np.random.default_rng(SEED)
    for _ in range(homes):
        random_home(city, draw)
    return city
