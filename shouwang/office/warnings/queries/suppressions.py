"""Reads of suppressions."""

from datetime import date

from django.db.models import Q, QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.warnings.models import Suppression, Warning
from shouwang.office.warnings.queries.explaining import words_of
from shouwang.office.warnings.queries.living import living_in
from shouwang.office.web.speaking import language

KEYS = ("-id",)


def listed(scope: Scope, *, on: date, only_in_force: bool = False) -> "QuerySet[Suppression]":
    """Newest first; order by `KEYS`."""
    rows = living_in(scope, Suppression.objects.select_related("household"))
    rows = rows.defer("household__phone", "household__bank_account")
    return (rows.filter(in_force(on)) if only_in_force else rows).order_by(*KEYS)


def in_force(on: date) -> Q:
    """The condition for those that hold on a day."""
    return Q(since__lte=on, until__gt=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def one(scope: Scope, number: int) -> Suppression | None:
    """None where it is not there, or not inside the scope."""
    return living_in(scope, Suppression.objects.select_related("household")).filter(pk=number).first()


def rules_of(warning: Warning) -> list[tuple[str, str]]:
    """Code and name of the rules a warning is about."""
    words, _ = words_of(warning.publication.policy_id)
    return [(code, words.rules[code].of(language())) for code in warning.rules]
