"""How many queries every page asks the database, so that none grows unseen. Lists hold their number for more rows too:
tests of the rooms.
"""

import pytest
from django.core.cache import caches
from django.db import connection
from django.test.utils import CaptureQueriesContext

from shouwang.office.access.roles import ROLES
from shouwang.office.warnings.queries.explaining import words_of
from tests.unit.office import factories
from tests.unit.office.test_matrix import AREA, GATED, OF_OWN_TESTS, Address, _looked, _path
from tests.unit.office.world import World

pytestmark = pytest.mark.django_db
PINNED = {
    "account": 8,
    "account-open": 4,
    "accounts": 5,
    "audit:event": 5,
    "audit:events": 4,
    "audit:heads": 33,
    "cases:announce": 15,
    "cases:announcement": 5,
    "cases:announcing": 4,
    "cases:assigning": 8,
    "cases:close": 15,
    "cases:decisions": 12,
    "cases:declare": 4,
    "cases:enter": 15,
    "cases:event": 6,
    "cases:event-moving": 5,
    "cases:event-undo-death": 6,
    "cases:events": 5,
    "cases:help": 23,
    "cases:help-faults": 19,
    "cases:help-measure": 8,
    "cases:help-measures": 6,
    "cases:help-payments": 10,
    "cases:keep-level": 16,
    "cases:leaving": 3,
    "cases:levels": 6,
    "cases:list": 4,
    "cases:one": 26,
    "cases:propose-removal": 19,
    "cases:raise-level": 16,
    "cases:rescue": 5,
    "cases:rescues": 4,
    "cases:schedules": 6,
    "cases:sheet": 5,
    "deliveries:list": 4,
    "deliveries:new": 3,
    "household": 50,
    "household-history": 17,
    "households": 4,
    "policy": 3,
    "policy-one": 3,
    "registry:contradictions": 4,
    "registry:correct": 6,
    "registry:fact": 8,
    "reports:overview": 17,
    "today": 14,
    "warnings:list": 7,
    "warnings:suppress": 7,
    "warnings:suppressions": 5,
    "warnings:to_verify": 6,
}
"""Address → queries of its page, signed in, of the first role that may see it."""


def test_every_page_asks_what_is_pinned():
    world, asked = World(factories.VILLAGE).everything(), {}
    for address in GATED:
        if address.name not in OF_OWN_TESTS and (count := _asked(address, world)) is not None:
            asked[address.name] = count
    assert asked == PINNED


def _asked(address: Address, world: World) -> int | None:
    """None where there is no page to look at: what is only sent, and files."""
    role = next(key for key, role in ROLES.items() if address.permission in role.permissions)
    client = factories.client_of(role, AREA[max(ROLES[role].levels)])
    client.get("/policy/")
    words_of.cache_clear()
    for cache in caches.all():
        cache.clear()
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(_path(address, world))
        _looked(answer)
    is_page = answer.status_code == 200 and answer["Content-Type"].startswith("text/html")
    return len(queries) if is_page else None
