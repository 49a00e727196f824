"""Reads of deliveries."""

from typing import Any

from django.db.models import QuerySet

from shouwang.areas import AreaLevel
from shouwang.office.access.scope import Scope
from shouwang.office.audit.actor import Actor
from shouwang.office.deliveries.models import Delivery

KEYS = ("-id",)
State = Delivery.State


def listed(scope: Scope, *, dataset: str = "", state: str = "") -> "QuerySet[Delivery]":
    """What people of the area handed in, newest first; order by `KEYS`."""
    rows = Delivery.objects.filter(scope.q_of_any_level()).defer("found")
    given = {"dataset": dataset, "state": state}
    return rows.filter(**{name: value for name, value in given.items() if value}).order_by(*KEYS)


def one(scope: Scope, number: int) -> Delivery | None:
    """None where it is not there, or not inside the scope."""
    return Delivery.objects.filter(scope.q_of_any_level(), pk=number).first()


def earlier(row: Delivery) -> Delivery | None:
    """The newest accepted delivery of the same dataset and area for an earlier month: what its figures are compared
    with. A county's are not beside the whole city's.
    """
    if not (row.dataset and row.month):
        return None
    rows = Delivery.objects.filter(
        dataset=row.dataset, area_code=row.area_code, month__lt=row.month, state=State.ACCEPTED
    )
    return rows.order_by("-month", "-id").first()


def is_of_county(area_code: str) -> bool:
    """Whether somebody of this area speaks for a part of the city: what they hand in becomes part of its month."""
    return len(area_code) > AreaLevel.CITY


def owns(row: Delivery, actor: Actor, department: str) -> bool:
    """Whether somebody may have the cells back that were wrong: who handed it in, and the same department.

    The reply holds rows of people as delivered; another department of the area sees the verdict alone.
    """
    return row.handed_by == actor.user_id or bool(row.department and row.department == department)


def figures(row: Delivery, before: Delivery | None) -> list[dict[str, Any]]:
    """The profile of a delivery beside an earlier month's: rows, amounts and empty cells by column."""
    now, then = row.found.get("profile") or {}, (before.found.get("profile") if before else None) or {}
    if not now:
        return []
    names = {column["name"]: column["header"] for column in row.found.get("columns", ())}
    told = [{"kind": "rows", "column": "", "now": now.get("rows"), "before": then.get("rows")}]
    for name, amount in (now.get("amounts") or {}).items():
        was = (then.get("amounts") or {}).get(name) or {}
        told.append({"kind": "sum", "column": names.get(name, name), "now": amount["sum"], "before": was.get("sum")})
    for name, share in (now.get("empty") or {}).items():
        was = (then.get("empty") or {}).get(name)
        if share or was:
            told.append({"kind": "empty", "column": names.get(name, name), "now": share, "before": was})
    return told
