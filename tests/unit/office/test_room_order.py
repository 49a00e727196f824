"""Rooms of the office in one order, also where no import tells: foreign keys and names of templates."""

import re
from pathlib import Path

from django.apps import apps

OFFICE = Path(__file__).parents[3] / "shouwang" / "office"
ORDER = ("audit", "privacy", "access", "web", "registry", "deliveries", "warnings", "casework", "desk", "reports")
BESIDE = {("desk", "reports"), ("reports", "desk")}
"""Rooms that do not know each other."""


def _may(room: str, other: str) -> bool:
    return ORDER.index(other) <= ORDER.index(room) and (room, other) not in BESIDE


def _rooms() -> set[str]:
    return {path.parent.name for path in OFFICE.glob("*/apps.py")}


def test_every_room_stands_in_the_order():
    assert _rooms() == set(ORDER)


def test_foreign_keys_point_downwards():
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if field.is_relation and field.concrete and model._meta.app_label in ORDER:
                other = field.related_model._meta.app_label
                if other in ORDER and not _may(model._meta.app_label, other):
                    wrong.append(f"{model._meta.label}.{field.name} → {other}")
    assert wrong == []


def test_templates_extend_and_include_downwards():
    wrong = []
    for path in OFFICE.rglob("templates/**/*.html"):
        room = path.relative_to(OFFICE).parts[0]
        for name in re.findall(r'{%\s*(?:extends|include)\s+"([^"]+)"', path.read_text(encoding="utf-8")):
            if not _may(room, name.split("/")[0]):
                wrong.append(f"{room}: {name}")
    assert wrong == []


def test_views_render_templates_of_their_own_room_or_below():
    wrong = []
    for path in OFFICE.rglob("*.py"):
        room = path.relative_to(OFFICE).parts[0]
        for name in re.findall(r'"([a-z_]+/[a-z_/]+\.html)"', path.read_text(encoding="utf-8")):
            if room in ORDER and not _may(room, name.split("/")[0]):
                wrong.append(f"{path.name}: {name}")
    # The gate, below the pages, sends to the two pages of the sign-in, which carry a form over the end of a session.
    assert sorted(wrong) == ["returning.py: web/second_factor.html", "returning.py: web/sign_in.html"]
