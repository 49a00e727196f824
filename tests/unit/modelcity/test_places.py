"""Households go to counties in the published proportions."""

import numpy as np

from shouwang.modelcity.places import plan, shares_of


def test_shares_add_up_and_follow_the_weights() -> None:
    assert shares_of(10, np.array([1.0, 1.0, 1.0])).tolist() == [4, 3, 3]


def test_nobody_with_a_weight_is_left_out() -> None:
    assert shares_of(10, np.array([1000.0, 1.0, 0.0]), least=1).tolist() == [9, 1, 0]


def test_million_households_hold_the_published_register() -> None:
    city = plan(1_000_000, seed=1)
    county = city.villages["county"].to_numpy()[city.village[city.on_register]]
    counts = dict(zip(city.county_codes, np.bincount(county).tolist(), strict=False))
    assert sum(counts.values()) == 96_000
    assert counts["530113"] == 28_731
    assert counts["530103"] == 867
