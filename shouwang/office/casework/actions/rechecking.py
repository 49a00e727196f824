"""A warning more severe than the confirmed level of an included household: the county is asked, once."""

from collections.abc import Callable, Collection, Sequence
from datetime import date

from django.db.models import Max

from shouwang.office.casework.clocks import Days
from shouwang.office.casework.models import Case, Decision
from shouwang.office.casework.queries.schedules import COUNTY
from shouwang.office.casework.ticking import start_recheck
from shouwang.office.warnings.models import Warning

ASKS = (Warning.State.OPEN, Warning.State.NOTE)
"""What is suppressed, or answered with the same values, asks nobody."""
OF_THE_LEVEL = (Decision.Kind.INCLUDE, Decision.Kind.RAISE, Decision.Kind.HOLD)
Told = tuple[Case, Warning]


def start_all(told: Sequence[Told], *, on: date, days_of: Callable[[str], Days]) -> list[Case]:
    """Start the clock of every case whose new warning is more severe than what the county confirmed. Saves nothing.

    Not again where it runs already (an even worse warning joins it), and not where the county decided on the level
    with the very same warning, rules and values, before it. Returns the cases that were asked about.
    """
    worse = [(case, warning) for case, warning in told if _is_worse(case, warning)]
    known = _decided_upon([case for case, _warning in worse]) if worse else ()
    asked = [(case, warning) for case, warning in worse if (case.household_id, warning.fingerprint) not in known]
    for case, warning in asked:
        start_recheck(case, warning, on=on, days=days_of(case.area_code[:COUNTY]))
    return [case for case, _warning in asked]


def _is_worse(case: Case, warning: Warning) -> bool:
    if warning.level is None or case.confirmed_level is None or warning.state not in ASKS:
        return False
    return warning.level < min(case.confirmed_level, case.recheck_level or case.confirmed_level)


def _decided_upon(cases: Sequence[Case]) -> Collection[tuple[str, str]]:
    """Household and fingerprint of what was published before the county last decided on the level of these cases.

    By the moment, not by the day: what is published in the afternoon was not before who decided in the morning.
    """
    decisions = Decision.objects.filter(case__in=cases, kind__in=OF_THE_LEVEL).values("case__household")
    moments = dict(decisions.annotate(newest=Max("at")).values_list("case__household", "newest"))
    rows = Warning.objects.filter(household__in=moments).exclude(fingerprint="")
    return {
        (home, fingerprint)
        for home, fingerprint, at in rows.values_list("household", "fingerprint", "publication__published_at")
        if at < moments[home]
    }
