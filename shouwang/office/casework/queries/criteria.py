"""The removal criteria in the form the transition table asks for them."""

from collections.abc import Iterable
from datetime import date

from shouwang.office.casework.models import Case
from shouwang.office.casework.queries.removal_criteria import eligibilities
from shouwang.office.web.speaking import aside


def missing_for_removal(case_id: int, *, on: date) -> tuple[str, ...]:
    """The criteria a case does not meet on a day, each with why; empty where all are met."""
    return missing_of(Case.objects.filter(pk=case_id), on=on).get(case_id, ())


def missing_of(cases: Iterable[Case], *, on: date) -> dict[int, tuple[str, ...]]:
    """The same for many cases, by their number, in as many queries as for one."""
    return {
        number: tuple(aside(one.title, one.why) for one in found.open)
        for number, found in eligibilities(list(cases), on).items()
    }
