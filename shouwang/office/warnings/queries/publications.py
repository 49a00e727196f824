"""Reads of publications."""

from dataclasses import dataclass

from django.db.models import QuerySet

from shouwang.office.access.scope import Scope
from shouwang.office.warnings.models import Publication
from shouwang.office.warnings.queries.runs import Run, Standing


def newest() -> Publication | None:
    """The publication that lists show."""
    return Publication.objects.select_related("policy").defer("policy__frozen").order_by("-as_of", "-id").first()


def of_digest(digest: str) -> Publication | None:
    return Publication.objects.filter(run_digest=digest).first()


def one(number: int) -> Publication | None:
    return Publication.objects.select_related("policy").defer("policy__frozen").filter(pk=number).first()


def listed() -> "QuerySet[Publication]":
    return Publication.objects.order_by("-as_of", "-id")


@dataclass(frozen=True)
class Beside:
    """A run on disk, how the area stands in it, and its publication where it has one."""

    run: Run
    standing: Standing
    publication: Publication | None
    is_older: bool
    """Than the newest published: it can be looked at, not published."""


def beside(found: list[Run], scope: Scope) -> list[Beside]:
    """Runs with what of them is published, in the order given."""
    known = {row.run_digest: row for row in Publication.objects.filter(run_digest__in=[run.digest for run in found])}
    last = newest()
    return [
        Beside(
            run=run,
            standing=run.of(scope.prefix),
            publication=known.get(run.digest),
            is_older=bool(last and run.as_of < last.as_of and run.digest not in known),
        )
        for run in found
    ]
