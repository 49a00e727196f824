"""When a household is green, and when one without a level is always to be verified."""

from shouwang.rules.household import Figures, Household


def enough_income(h: Household, p: Figures) -> object:
    """Reference income at or above the monitoring line. Source: 昆明方案“稳定增收致富户”，解读。"""
    return h.reference_income >= h.monitoring_line


def guarantees_met(h: Household, p: Figures) -> object:
    """All five guarantees are known and met. Source: “两不愁三保障”及饮水安全。"""
    return ~h.guarantee_broken


def watched(h: Household, p: Figures) -> object:
    """Exited and registered households are never left unassessed. Source: 昆明方案预警对象，解读。"""
    return h.register.is_in("exited", "registered")
