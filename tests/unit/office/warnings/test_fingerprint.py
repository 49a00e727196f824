"""Same rules, same values: same fingerprint."""

from shouwang.office.warnings.fingerprint import fingerprint


def reason(rule="no-labour", value="5125.50", fact="reference_income", unit="元/人"):
    return {"rule": rule, "level": 2, "values": [{"fact": fact, "value": value, "unit": unit}]}


def test_fingerprint_of_nothing_is_empty():
    assert fingerprint([]) == ""


def test_fingerprint_does_not_depend_on_order():
    one, two = reason(), reason(rule="below-line")
    assert fingerprint([one, two]) == fingerprint([two, one])


def test_fingerprint_differs_by_value_rule_and_unknown():
    marks = {
        fingerprint([r]) for r in (reason(), reason(value="5125.51"), reason(rule="below-line"), reason(value=None))
    }
    assert len(marks) == 4


def test_fingerprint_of_what_counts_time_alone_is_the_same():
    older, newer = (
        reason(fact="income_age_months", unit="月", value="9"),
        reason(fact="income_age_months", unit="月", value="10"),
    )
    assert fingerprint([older]) == fingerprint([newer])
