"""The removal criteria in the form the transition table asks for them."""

from datetime import date

from shouwang.office.casework.models import Case
from shouwang.office.casework.queries.removal_criteria import eligibility


def missing_for_removal(case_id: int, *, on: date) -> tuple[str, ...]:
    """The criteria a case does not meet on a day, each with why; empty where all are met."""
    case = Case.objects.filter(pk=case_id).first()
    return tuple(f"{one.title}（{one.why}）" for one in eligibility(case, on).open) if case else ()
