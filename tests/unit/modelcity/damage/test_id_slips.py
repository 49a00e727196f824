"""Every slip makes of a sound id what it says, and nothing else."""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from shouwang.modelcity import columns, ids, months
from shouwang.modelcity.damage import id_slips
from shouwang.modelcity.damage.draws import Draws
from shouwang.terms.id_number import IdFault, IdNumber

BIRTHS = np.arange(months.day(1930, 1, 1), months.day(2019, 1, 1), 37)
CARD = ids.IdBook().issue(np.arange(len(BIRTHS)) % len(ids.AREAS), births=BIRTHS, male=BIRTHS % 2 == 0)
SOUND = columns.text(CARD).to_pylist()
KEYS = np.arange(len(BIRTHS), dtype=np.int64)


def slipped(slip: Callable[..., NDArray[np.uint8]], mask: NDArray[np.bool_] | None = None) -> list[tuple[str, str]]:
    """Ids before and after."""
    keep = np.ones(len(CARD), bool) if mask is None else mask
    after = columns.text(slip(CARD[keep], KEYS[keep], Draws(5, "ids"))).to_pylist()
    return list(zip(np.array(SOUND)[keep].tolist(), after, strict=True))


def is_sound(text: str) -> bool:
    try:
        IdNumber.parse(text)
    except IdFault:
        return False
    return True


def places_that_differ(before: str, after: str) -> list[int]:
    return [place for place, (a, b) in enumerate(zip(before, after, strict=True)) if a != b]


def test_wrong_digit_is_one_of_seventeen_and_never_sound() -> None:
    pairs = slipped(id_slips.wrong_digit)
    places = [places_that_differ(*pair) for pair in pairs]
    assert {len(place) for place in places} == {1}
    assert {place for (place,) in places} == set(range(17))
    assert not any(is_sound(after) for _, after in pairs)


def test_wrong_check_digit_is_the_last_character_and_never_sound() -> None:
    pairs = slipped(id_slips.wrong_check_digit)
    assert {tuple(places_that_differ(*pair)) for pair in pairs} == {(17,)}
    assert not any(is_sound(after) for _, after in pairs)
    assert {after[17] for _, after in pairs} == set("0123456789")


def test_transposed_digits_are_neighbours_that_differ() -> None:
    for before, after in slipped(id_slips.transposed):
        first, second = places_that_differ(before, after)
        assert second == first + 1
        assert (after[first], after[second]) == (before[second], before[first])
        assert not is_sound(after)


def test_dropped_digit_leaves_seventeen_characters() -> None:
    for before, after in slipped(id_slips.dropped_digit):
        assert after in {before[:place] + before[place + 1 :] for place in range(17)}


def test_doubled_digit_leaves_nineteen_characters() -> None:
    for before, after in slipped(id_slips.doubled_digit):
        assert after in {before[: place + 1] + before[place:] for place in range(17)}


def test_scientific_form_is_what_excel_shows() -> None:
    pairs = slipped(id_slips.scientific, ~id_slips.has_letter(CARD))
    assert [after for _, after in pairs] == [f"{int(before):.5E}" for before, _ in pairs]


def test_last_digits_are_those_a_number_keeps_in_excel() -> None:
    pairs = slipped(id_slips.last_digits_zero, ~id_slips.has_letter(CARD))
    assert [after for _, after in pairs] == [f"{int(before) // 1000}000" for before, _ in pairs]


def test_ids_with_a_letter_are_told_from_numbers() -> None:
    assert id_slips.has_letter(CARD).tolist() == [text.endswith("X") for text in SOUND]


def test_lunar_birthday_is_sound_and_known_for_a_known_day() -> None:
    card = ids.IdBook().issue(np.zeros(1, int), births=np.array([months.day(1965, 4, 12)]), male=np.ones(1, bool))
    after = columns.text(id_slips.lunar_birthday(card, KEYS[:1], Draws(5, "ids"))).to_pylist()[0]
    assert IdNumber.parse(after).birth_date.isoformat() == "1965-03-11"


def test_lunar_birthday_changes_nothing_but_birth_and_check_digit() -> None:
    for before, after in slipped(id_slips.lunar_birthday, id_slips.has_lunar_birthday(CARD)):
        assert is_sound(after)
        assert (after[:6], after[14:17]) == (before[:6], before[14:17])
        assert after[6:14] != before[6:14]


def test_lunar_birthday_that_is_no_day_of_the_other_calendar_is_told() -> None:
    # 1950-04-16 was the 30th of the second lunar month
    births = np.array([months.day(1950, 4, 16), months.day(1950, 4, 17)])
    card = ids.IdBook().issue(np.zeros(2, int), births=births, male=np.ones(2, bool))
    assert id_slips.has_lunar_birthday(card).tolist() == [False, True]


def test_day_and_month_change_places_and_the_id_is_sound() -> None:
    for before, after in slipped(id_slips.day_and_month_swapped, id_slips.has_month_like_day(CARD)):
        assert is_sound(after)
        assert after[:17] == before[:10] + before[12:14] + before[10:12] + before[14:17]
        assert after != before


def test_births_and_orders_are_read_from_the_digits() -> None:
    assert np.array_equal(id_slips.births(CARD), BIRTHS)
    assert id_slips.order_of(CARD).tolist() == [int(text[14:17]) for text in SOUND]


@pytest.mark.parametrize("name", list(id_slips.SLIPS))
def test_slip_of_nobody_is_nothing(name: str) -> None:
    nobody = id_slips.SLIPS[name](CARD[:0], KEYS[:0], Draws(5, "ids"))
    assert len(nobody) == 0
