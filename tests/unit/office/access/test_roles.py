"""Roles: classes an officer can read, with no permission that nobody has and none that contradicts the role."""

import pytest

from shouwang.office.access.permissions import Permission as P
from shouwang.office.access.roles import ROLES

CHANGES = {P.HOUSEHOLDS_CHANGE, P.CASES_WORK, P.CASES_AUDIT, P.CASES_DECIDE, P.HELP_WORK, P.WARNINGS_SUPPRESS}


@pytest.mark.parametrize("role", ROLES.values(), ids=ROLES)
def test_role_is_described_in_words(role):
    assert role.description.endswith("。")
    assert role.name
    assert role.permissions
    assert set(role.levels) <= {4, 6, 9, 12}


def test_every_permission_is_somebodys():
    assert {permission for role in ROLES.values() for permission in role.permissions} == set(P)


@pytest.mark.parametrize("key", ["leader", "policy-officer", "administrator", "liaison"])
def test_role_that_sees_no_household(key):
    assert not ROLES[key].permissions & {P.HOUSEHOLDS_SEE, P.CASES_SEE, P.WARNINGS_SEE, P.VALUES_REVEAL, *CHANGES}


def test_auditor_changes_nothing():
    assert not ROLES["auditor"].permissions & (CHANGES | {P.ACCOUNTS_CHANGE, P.SETTINGS_CHANGE, P.VALUES_REVEAL})


def test_who_decides_and_who_administers_need_a_second_factor():
    needing = {key for key, role in ROLES.items() if role.needs_second_factor}
    owed = {key for key, role in ROLES.items() if role.permissions & {P.CASES_DECIDE, P.ACCOUNTS_CHANGE}}
    assert needing == owed
