"""What the frame of every page shows."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.permissions import Permission as P
from shouwang.office.access.roles import ROLES
from shouwang.office.web.calendar import today
from shouwang.office.web.places import place

ENTRIES = (
    ("today", _("今天"), P.TODAY_SEE),
    ("warnings:list", _("预警"), P.WARNINGS_SEE),
    ("households", _("农户"), P.HOUSEHOLDS_SEE),
    ("cases:list", _("办理"), P.CASES_SEE),
    ("cases:decisions", _("审定"), P.CASES_DECIDE),
    ("warnings:runs", _("筛查"), P.RUNS_PUBLISH),
    ("deliveries:list", _("交件"), P.DELIVERIES_HAND_IN),
    ("reports:overview", _("报表"), P.COUNTS_SEE),
    ("policy", _("政策"), P.POLICY_SEE),
    ("audit:events", _("留痕"), P.AUDIT_SEE),
    ("accounts", _("账号"), P.ACCOUNTS_CHANGE),
    ("cases:schedules", _("期限"), P.SETTINGS_CHANGE),
)
"""The main navigation in order: address name, word, what it takes to see it."""


def page(request: HttpRequest) -> dict[str, Any]:
    """Frame of the page: who acts where, and the entries of the navigation that the role may open."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"navigation": (), "actor": None, "today": today()}
    role = ROLES[actor.role]
    match = request.resolver_match
    name = match.view_name if match else ""
    return {
        "actor": actor,
        "role": role,
        "actor_place": place(actor.area_code),
        "other_roles": len(request.roles) > 1,
        "navigation": [(url, word, url == name) for url, word, needed in ENTRIES if needed in role.permissions],
        "can": {permission.name: permission in role.permissions for permission in P},
        "today": today(),
    }
