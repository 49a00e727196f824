"""What a request is once the middleware has been passed."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from shouwang.office.access.models import Assignment, User
from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor


class OfficeRequest(HttpRequest):
    """For signatures only. `actor` and `scope` are None before the gate, and never behind it."""

    user: User
    actor: Actor
    scope: Scope
    roles: list[Assignment]
    htmx: HtmxDetails
    trace: str
