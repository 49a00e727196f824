"""Reads of publications."""

from django.db.models import QuerySet

from shouwang.office.warnings.models import Publication


def newest() -> Publication | None:
    """The publication that lists show."""
    return Publication.objects.select_related("policy").defer("policy__frozen").order_by("-as_of", "-id").first()


def of_digest(digest: str) -> Publication | None:
    return Publication.objects.filter(run_digest=digest).first()


def one(number: int) -> Publication | None:
    return Publication.objects.select_related("policy").defer("policy__frozen").filter(pk=number).first()


def listed() -> "QuerySet[Publication]":
    return Publication.objects.order_by("-as_of", "-id")
