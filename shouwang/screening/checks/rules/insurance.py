"""Medical insurance: exactly one of the two."""

from shouwang.screening.checks.rule import Severity, member_rule

RULES = (
    member_rule(
        "insurance-both",
        Severity.WARNING,
        zh="居民医保与职工医保都填“是”",
        en="Insured both as a resident and as an employee",
        cure="与医保核对，只留实际参加的一种",
        source="§4.6 [C4] 医保都是",
        broken=lambda m, f: m.resident_insured & m.employee_insured,
    ),
    member_rule(
        "insurance-none",
        Severity.WARNING,
        zh="居民医保与职工医保都填“否”",
        en="Insured neither as a resident nor as an employee",
        cure="与医保核对；确未参保的，动员参保",
        source="§4.6 [C4] 医保都否",
        broken=lambda m, f: ~m.resident_insured & ~m.employee_insured,
    ),
)
