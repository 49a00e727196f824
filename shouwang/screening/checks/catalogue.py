"""All consistency rules, in the order in which they are shown."""

from shouwang.screening.checks.rule import Rule
from shouwang.screening.checks.rules import (
    assistance,
    causes,
    helping,
    ids,
    income,
    insurance,
    keys,
    kinship,
    labour,
    land_housing,
    monitoring,
    phones,
    schooling,
    work,
)

RULES: tuple[Rule, ...] = (
    *ids.RULES,
    *keys.RULES,
    *kinship.RULES,
    *causes.RULES,
    *assistance.RULES,
    *labour.RULES,
    *income.RULES,
    *work.RULES,
    *helping.RULES,
    *land_housing.RULES,
    *schooling.RULES,
    *phones.RULES,
    *insurance.RULES,
    *monitoring.RULES,
)
