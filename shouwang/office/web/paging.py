"""Pages of a list by key, so that the hundredth page costs what the first does and nothing is counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

SIZE = 50
AFTER = "after"


@dataclass(frozen=True)
class Page:
    """Rows of one page; `next` is the query text of the page after, empty where there is none."""

    rows: Sequence[Any]
    next: str = ""
    previous: str = ""


def page(rows: "QuerySet[Model]", query: QueryDict, *, keys: Sequence[str], size: int = SIZE) -> Page:
    """The page the query asks for; a mark that cannot be read is the start.

    `keys` are the columns the list is ordered by, ascending or with a leading minus, unique together and never null.
    The mark of a page is the values of the last row.
    """
    ordered = rows.order_by(*keys)
    marks = query.getlist(AFTER)
    if len(marks) == len(keys):
        ordered = _after(ordered, keys, marks)
    found = list(ordered[: size + 1])
    shown = found[:size]
    return Page(
        shown, _query(query, _marks(shown[-1], keys)) if len(found) > size else "", _query(query, []) if marks else ""
    )


def _after(rows: "QuerySet[Model]", keys: Sequence[str], marks: Sequence[str]) -> "QuerySet[Model]":
    condition, equal = Q(), Q()
    for key, mark in zip(keys, marks, strict=True):
        name, is_down = key.lstrip("-"), key.startswith("-")
        if not _is_readable(rows.model, name, mark):
            return rows
        condition |= equal & Q(**{f"{name}__{'lt' if is_down else 'gt'}": mark})
        equal &= Q(**{name: mark})
    return rows.filter(condition)


def _is_readable(model: type[Model], name: str, mark: str) -> bool:
    """Whether a mark of the address can be a value of the column, which may be one of a row pointed to (`home__id`)."""
    *pointers, column = name.split("__")
    for pointer in pointers:
        model = model._meta.get_field(pointer).related_model  # type: ignore[assignment]
    try:
        model._meta.get_field(column).to_python(mark)
    except (ValueError, TypeError, ValidationError):
        return False
    return True


def _marks(row: Any, keys: Sequence[str]) -> list[str]:
    def value(key: str) -> Any:
        found = row
        for name in key.lstrip("-").split("__"):
            found = getattr(found, name)
        return found

    return [str(value(key)) for key in keys]


def _query(query: QueryDict, marks: list[str]) -> str:
    changed = query.copy()
    changed.pop(AFTER, None)
    changed.setlist(AFTER, marks)
    return changed.urlencode()
