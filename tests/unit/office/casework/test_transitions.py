"""The table itself, and that nothing outside it is done."""

from pathlib import Path

import pytest
from django.db import transaction
from django.urls import reverse

from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actor import SYSTEM
from shouwang.office.casework.actions.moving import begin
from shouwang.office.casework.conditions import CONDITIONS
from shouwang.office.casework.models import State
from shouwang.office.casework.table_page import page
from shouwang.office.casework.transitions import ACTIONS, CLOCKS, TABLE, find, main_of
from shouwang.terms.errors import UserError
from tests.unit.office.casework.factories import RAN, case_in
from tests.unit.office.factories import actor

ROOT = Path(__file__).parents[4]
WAITS_FOR_NOTHING = {State.REMOVED, State.CLOSED}
LEADS_NOWHERE = {*WAITS_FOR_NOTHING, State.IN_HELP}
"""Help goes on; what is due in it moves no case."""


def test_table_as_documented() -> None:
    assert (ROOT / "docs/office/casework.md").read_text(encoding="utf-8").endswith(page())


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.procedure}-{row.action}")
def test_row_is_whole(row) -> None:
    assert set(row.needs) <= set(CONDITIONS)
    assert reverse(row.page, args=[1])
    assert [find(row.action, state) for state in row.sources] == [row] * len(row.sources)


@pytest.mark.parametrize("state", State)
def test_state_has_one_next_thing_and_a_clock(state: State) -> None:
    mains = [row for row in TABLE if row.leads_on(state)]
    assert len(mains) == (0 if state in LEADS_NOWHERE else 1)
    assert (state in CLOCKS) is (state not in WAITS_FOR_NOTHING)
    assert main_of(state) is (mains[0] if mains else None)


@pytest.mark.django_db
@pytest.mark.parametrize("state", State)
def test_action_outside_the_table_is_refused(state: State) -> None:
    case = case_in(state)
    for action in [action for action in ACTIONS if find(action, state) is None]:
        with pytest.raises(UserError) as told, transaction.atomic():
            begin(case.pk, action, by=SYSTEM, on=RAN)
        assert told.value.found == f"“{state.label}”的户现在不能这样办"


@pytest.mark.django_db
@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.procedure}-{row.action}")
def test_action_without_the_permission_is_refused(row) -> None:
    case = case_in(row.sources[0])
    for role in [role for role in ROLES.values() if row.permission not in role.permissions]:
        with pytest.raises(UserError) as told, transaction.atomic():
            begin(case.pk, row.action, by=actor(role.key, case.area_code), on=RAN)
        assert told.value.found == f"您的角色不能办“{row.word}”"
