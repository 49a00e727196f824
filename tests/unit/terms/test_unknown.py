"""Three-valued claims. The tables are Kleene's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.terms.unknown import UNKNOWN_EN, UNKNOWN_ZH, Truth, all_of, any_of, negation

claims = st.lists(st.sampled_from([True, False, None]))


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        (True, True, True, True),
        (True, False, False, True),
        (True, None, None, True),
        (False, False, False, False),
        (False, None, False, None),
        (None, None, None, None),
    ],
)
def test_two_claims_follow_the_table_in_either_order(one: Truth, other: Truth, both: Truth, either: Truth) -> None:
    assert (all_of([one, other]), all_of([other, one])) == (both, both)
    assert (any_of([one, other]), any_of([other, one])) == (either, either)


def test_no_claims_are_all_true_and_none_of_them_is() -> None:
    assert all_of([]) is True
    assert any_of([]) is False


def test_claims_may_come_one_by_one() -> None:
    assert all_of(claim for claim in (None, False)) is False
    assert any_of(claim for claim in (None, True)) is True


@pytest.mark.parametrize(("claim", "opposite"), [(True, False), (False, True), (None, None)])
def test_negation_of_unknown_is_unknown(claim: Truth, opposite: Truth) -> None:
    assert negation(claim) is opposite


@given(claims)
def test_not_all_is_any_not(some: list[Truth]) -> None:
    assert negation(all_of(some)) is any_of(negation(claim) for claim in some)


@given(claims)
def test_learning_an_unknown_never_turns_a_known_answer(some: list[Truth]) -> None:
    for answer in (all_of, any_of):
        if answer(some) is not None:
            for learnt in (True, False):
                assert answer(learnt if claim is None else claim for claim in some) is answer(some)


def test_unknown_has_a_word_in_both_languages() -> None:
    assert (UNKNOWN_ZH, UNKNOWN_EN) == ("未知", "unknown")
