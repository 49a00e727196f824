"""Background work of the warnings room."""

from typing import Any

from django.urls import reverse

from shouwang.office.warnings.actions import explaining
from shouwang.office.web.jobs import Step, job


@job("explain-warnings")
def explain_warnings(*, step: Step, publication: int, **_: Any) -> str:
    explaining.explain_all(publication, step=step)
    return reverse("warnings:publication", args=[publication])
