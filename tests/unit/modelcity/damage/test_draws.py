"""What is drawn depends on what it is drawn for, and on nothing else."""

import numpy as np

from shouwang.modelcity.damage.draws import Draws

KEYS = np.arange(200_000) * 7 + 3


def test_draw_of_a_key_in_another_batch_is_the_same() -> None:
    draws = Draws(7, "slips")
    assert np.array_equal(draws.uniform(KEYS, "kind")[1000:1010], draws.uniform(KEYS[1000:1010], "kind"))


def test_draws_of_another_seed_purpose_or_salt_are_others() -> None:
    first = Draws(7, "slips").uniform(KEYS, "kind")
    others = [Draws(8, "slips").uniform(KEYS, "kind"), Draws(7, "files").uniform(KEYS, "kind")]
    others += [Draws(7, "slips").uniform(KEYS, "place"), Draws(7, "slips").of("more").uniform(KEYS, "kind")]
    assert [float(np.mean(first == other)) for other in others] == [0, 0, 0, 0]


def test_draws_of_neighbouring_keys_are_spread_evenly() -> None:
    counts, _ = np.histogram(Draws(1, "x").uniform(KEYS, "y"), bins=20, range=(0, 1))
    assert counts.min() > 9_600
    assert counts.max() < 10_400


def test_whole_numbers_stay_below_their_limit() -> None:
    assert set(Draws(1, "x").below(KEYS, 5, "y").tolist()) == {0, 1, 2, 3, 4}
