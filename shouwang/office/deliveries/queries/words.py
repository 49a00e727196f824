"""What was found in a delivery, in words."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.office.deliveries.models import Delivery
from shouwang.office.web.places import short_place
from shouwang.office.web.speaking import aside, language, listed
from shouwang.screening.datasets import CATALOGUE, PERSON_COLUMNS
from shouwang.screening.intake.headers import How

MONTH_FROM = {
    "dates": gettext_lazy("按行内日期"),
    "title": gettext_lazy("按标题"),
    "name": gettext_lazy("按文件名"),
    "asked": gettext_lazy("按交件人所说"),
}
HOW = {
    How.AGREED: gettext_lazy("已确认的对应"),
    How.HEADER: gettext_lazy("表头相同"),
    How.SYNONYM: gettext_lazy("同义表头"),
    How.ALIKE: gettext_lazy("写法相近"),
    How.LAST_WORD: gettext_lazy("两行表头的下一行"),
}


@dataclass(frozen=True)
class Column:
    """One column as delivered, and what it is read as."""

    header: str
    ours: str
    how: str
    unit: str
    is_plain: bool


@dataclass(frozen=True)
class Told:
    """A delivery in words. Empty where there is nothing to say; never a cell."""

    what: str
    month_from: str
    columns: tuple[Column, ...]
    unread: tuple[str, ...]
    proposals: tuple[dict[str, Any], ...]
    repairs: tuple[str, ...]
    faults: tuple[dict[str, str], ...]
    cell_faults: tuple[dict[str, Any], ...]
    warnings: tuple[str, ...]
    replaced: str
    merged: dict[str, Any]
    """What became of the rows of the city's month; empty where the file is the whole city's."""
    county: str


def dataset_names() -> dict[str, str]:
    """Code and name of every dataset."""
    return {code: dataset_name(code) for code in CATALOGUE}


def dataset_name(code: str) -> str:
    """`医保局 医疗费用结算`; for who reads English with the English before it. Unknown: empty."""
    if code not in CATALOGUE:
        return ""
    chinese = f"{CATALOGUE[code].office} {CATALOGUE[code].zh}"
    return aside(code.replace("_", " ").capitalize(), chinese) if language() == "en" else chinese


def told(row: Delivery) -> Told:
    found = row.found
    return Told(
        what=dataset_name(row.dataset),
        month_from=str(MONTH_FROM.get(found.get("month_from", ""), "")),
        columns=_columns(row),
        unread=tuple(found.get("unread", ())),
        proposals=tuple(found.get("proposals", ())),
        repairs=tuple(found.get("repairs", ())),
        faults=tuple(found.get("faults", ())),
        cell_faults=tuple(_cell_fault(one) for one in found.get("cell_faults", ())),
        warnings=tuple(found.get("warnings", ())),
        replaced=str(found.get("replaced", "")),
        merged=dict(found.get("merged") or {}),
        county=short_place((found.get("merged") or {}).get("area", "")),
    )


def _columns(row: Delivery) -> tuple[Column, ...]:
    if row.dataset not in CATALOGUE:
        return ()
    names = {one.name: one.header for one in reversed((*CATALOGUE[row.dataset].columns, *PERSON_COLUMNS))}
    return tuple(
        Column(
            header=one["header"],
            ours=names.get(one["name"], one["name"]),
            how=str(HOW[How(one["how"])]),
            unit=one.get("unit", ""),
            is_plain=How(one["how"]) is How.HEADER,
        )
        for one in row.found.get("columns", ())
    )


def _cell_fault(one: dict[str, Any]) -> dict[str, Any]:
    places = listed(one["lines"])
    if one["rows"] > len(one["lines"]):
        places = _("%(places)s 等") % {"places": places}
    return {"column": one["column"], "reason": one["reason"], "rows": one["rows"], "places": places}
