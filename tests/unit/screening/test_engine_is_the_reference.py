"""Some hundreds of random homes: the engine's verdict is the plain reference's, for every one."""

from collections import Counter

import pytest

from tests.support.random_city import VALUES, random_city
from tests.support.reference import disagreements
from tests.support.screened import POLICY, Run, screened
from tests.unit.screening.conftest import Plain

HOMES = 400


@pytest.fixture(scope="module")
def random_run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("random")
    return screened(random_city(HOMES).write(folder / "city"), folder / "run")


def test_every_fact_of_the_policy_is_drawn() -> None:
    assert set(VALUES) == set(POLICY.vocabulary.names) - {"support", "asset_flags", "income_contradiction"}


def test_random_homes(random_run: Run) -> None:
    assert len(random_run.facts) == HOMES
    assert disagreements(random_run) == {}


def test_random_homes_meet_every_rule_sign_and_standing(random_run: Run) -> None:
    """What is never met is not compared."""
    verdicts = random_run.verdicts.values()
    rules = Counter(reason["rule"] for v in verdicts for reason in v["reasons"])
    assert set(rules) == {rule.code for rule in POLICY.rules}
    assert {code for v in verdicts for code in v["could_be_worse"]} >= {"fallen-poor", "guarantee-gap", "no-labour"}
    assert {sign for v in verdicts for sign in v["signs"]} == {sign.code for sign in POLICY.signs}
    assert {v["national_type"] for v in verdicts} == {None, *(kind.label for kind in POLICY.national_types)}
    assert {(v["level"], v["status"]) for v in verdicts} == {
        *((level, "graded") for level in (1, 2, 3, 4, 5)), (None, "unverified"), (None, "unassessed"),
    }  # fmt: skip


def test_random_homes_stand_in_order(random_run: Run) -> None:
    assert list(random_run.verdicts) == [f"H{n:06d}" for n in range(1, HOMES + 1)]


def test_plain_homes(plain: Plain) -> None:
    assert disagreements(plain.run) == {}
