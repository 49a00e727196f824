"""What changed between two recorded states, as rows of a table."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from shouwang.office.web.event_words import name_of, told
from shouwang.office.web.speaking import listed


@dataclass(frozen=True)
class Change:
    """Texts to show; empty: it was not there."""

    name: str
    before: str
    after: str

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


def changes(before: Mapping[str, Any] | None, after: Mapping[str, Any] | None) -> list[Change]:
    """One row per value named on either side, in order of the names; a value inside another is `outer.inner`."""
    old, new = dict(_flat(before or {})), dict(_flat(after or {}))
    return [
        Change(name_of(name), *(told(name, side.get(name, "")) for side in (old, new))) for name in sorted({*old, *new})
    ]


def _flat(values: Mapping[str, Any], lead: str = "") -> list[tuple[str, str]]:
    rows = []
    for name, value in values.items():
        if isinstance(value, Mapping) and value:
            rows += _flat(value, f"{lead}{name}.")
        else:
            rows.append((f"{lead}{name}", _text(value)))
    return rows


def _text(value: Any) -> str:
    if value is None:
        return _("未知")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return listed(_text(part) for part in value)
    return str(value)
