"""Masks, and the deliberate act that shows a value."""

import pytest

from shouwang.office.audit.models import Event
from shouwang.office.privacy.actions import reveal
from shouwang.office.privacy.masking import mask_account, mask_id, mask_name, mask_phone
from tests.unit.office import factories

ID = "530113199001018888"


@pytest.mark.django_db
def test_reveal_shows_the_value_and_leaves_who_which_and_why():
    by = factories.actor("village", factories.VILLAGE)
    made = factories.person(id_number=ID)
    shown = reveal(made, "id_number", by=by, household_id="H1", area_code=factories.VILLAGE, reason="核对")
    event = Event.objects.latest("id")
    assert shown == ID
    assert (event.verb, event.subject_kind, event.subject_id) == ("revealed", "person", made.pk)
    assert (event.household_id, event.area_code, event.actor_id) == ("H1", factories.VILLAGE, by.user_id)
    assert event.after == {"field": "id_number", "reason": "核对"}  # never the value


@pytest.mark.django_db
def test_reveal_of_an_unknown_value_is_recorded_too():
    by = factories.actor("village", factories.VILLAGE)
    assert reveal(factories.household(), "phone", by=by) is None
    assert Event.objects.filter(verb="revealed").count() == 1


MASKS = [
    (mask_id, ID, "530113********8888"),
    (mask_id, "12345678", "********"),
    (mask_id, None, ""),
    (mask_phone, "13812345678", "138****5678"),
    (mask_phone, "12345", "*****"),
    (mask_phone, None, ""),
    (mask_account, "6222021234567890", "************7890"),
    (mask_account, "12345", "****2345"),
    (mask_account, "", ""),
    (mask_name, "王小明", "王○明"),
    (mask_name, "王明", "王○"),
    (mask_name, "王", "王○"),
    (mask_name, "阿卜杜拉", "阿○○拉"),
]


@pytest.mark.parametrize(("mask", "value", "shown"), MASKS)
def test_mask(mask, value, shown):
    assert mask(value) == shown
