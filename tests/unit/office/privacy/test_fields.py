"""Encrypted columns: what goes in comes out, what was touched does not, and nothing stands in the file in clear."""

import base64
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from shouwang.office.privacy import keys, sealed_text
from shouwang.office.privacy.blind import blind_index
from shouwang.office.privacy.keys import keyring
from shouwang.office.registry.models import Household, Person
from shouwang.terms.errors import ProgrammingError, UserError
from tests.unit.office import factories

ID, PHONE = "530113199001018888", "13812345678"


def key(number: int) -> str:
    return f"{number}:{base64.b64encode(bytes([number]) * 32).decode()}"


@pytest.fixture
def ring(settings):
    """Sets the keys for one test; the first encrypts."""

    def use(*lines: str) -> None:
        settings.FIELD_KEYS = lines
        keys.keyring.cache_clear()

    yield use
    settings.FIELD_KEYS = django_settings.FIELD_KEYS
    keys.keyring.cache_clear()


@pytest.fixture(autouse=True)
def _ring_as_before():
    yield
    keys.keyring.cache_clear()


@pytest.mark.django_db
def test_value_comes_back_as_it_was_written():
    made, home = factories.person(id_number=ID), factories.household(phone=PHONE)
    read = (Person.objects.get(pk=made.pk).id_number, Household.objects.get(pk=home.pk).phone)
    assert read == (ID, PHONE)


@pytest.mark.django_db
@pytest.mark.parametrize("value", [None, ""])
def test_unknown_value_is_null_in_the_database(value):
    made = factories.person(id_number=value)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id_number FROM registry_person WHERE id = %s", [made.pk])
        assert cursor.fetchone() == (None,)
    assert Person.objects.get(pk=made.pk).id_number is None


@pytest.mark.django_db
def test_column_moved_to_another_column_is_not_read():
    """Who can write to the database cannot show an id number where a phone stands."""
    home = factories.household(bank_account="6222021234567890")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE registry_household SET phone = bank_account WHERE id = %s", [home.pk])
    with pytest.raises(ProgrammingError, match="phone"):
        Household.objects.get(pk=home.pk)


@given(st.text(min_size=1, max_size=60))
def test_any_text_goes_and_comes(text):
    assert sealed_text.decrypt(sealed_text.encrypt(text, field="a"), field="a") == text


def test_same_value_is_never_the_same_bytes():
    assert sealed_text.encrypt(ID, field="a") != sealed_text.encrypt(ID, field="a")


@given(st.integers(1, 46), st.integers(1, 255))
def test_any_changed_byte_is_found(place, change):
    sealed = bytearray(sealed_text.encrypt(ID, field="a"))
    sealed[place] ^= change
    with pytest.raises(ProgrammingError, match="被改过"):
        sealed_text.decrypt(bytes(sealed), field="a")


def test_cut_value_is_found():
    with pytest.raises(ProgrammingError):
        sealed_text.decrypt(sealed_text.encrypt(ID, field="a")[:-1], field="a")


def test_key_that_is_gone_is_told_with_the_cure(ring):
    ring(key(1))
    sealed = sealed_text.encrypt(ID, field="a")
    ring(key(2))
    with pytest.raises(ProgrammingError, match="SHOUWANG_FIELD_KEYS"):
        sealed_text.decrypt(sealed, field="a")


def test_wrong_key_of_the_same_number_is_found(ring):
    ring(key(1))
    sealed = sealed_text.encrypt(ID, field="a")
    ring("1:" + base64.b64encode(b"x" * 32).decode())
    with pytest.raises(ProgrammingError, match="密钥不符"):
        sealed_text.decrypt(sealed, field="a")


@pytest.mark.parametrize("line", ["", "1:", "1:abc", "0:" + "A" * 44, "256:" + "A" * 44, "x:" + "A" * 44])
def test_key_that_cannot_be_read_is_told_without_showing_it(ring, line):
    ring(key(1), line)
    with pytest.raises(UserError, match="第 2 行") as raised:
        keyring()
    assert "AAAA" not in str(raised.value)


SAME = [
    ("530113199001018888", "530113199001018888 "),
    ("53011319900101888X", "53011319900101888x"),
    ("530113199001018888", "５３０１１３１９９００１０１８８８８"),
    ("53011319900101888X", " 530113 19900101 888ｘ"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_blind_index_finds_a_value_however_it_is_typed(one, other):
    assert blind_index("id", one) == blind_index("id", other)


def test_blind_index_of_another_kind_or_value_is_another():
    assert len({blind_index("id", ID), blind_index("phone", ID), blind_index("id", ID[:-1] + "9")}) == 3


def test_blind_index_under_another_key_is_another(settings):
    before = blind_index("id", ID)
    settings.INDEX_KEY = base64.b64encode(b"y" * 32).decode()
    keys.keyring.cache_clear()
    assert blind_index("id", ID) != before


@pytest.mark.django_db(transaction=True)
def test_no_byte_of_a_value_stands_in_the_database_in_clear():
    """Read as bytes, with what has not been written back from the log of SQLite."""
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL's files are not ours to read")
    marker = "王密文标记"
    factories.person(factories.household(phone=PHONE), id_number=ID, name=marker)
    path = Path(connection.settings_dict["NAME"])
    content = b"".join(file.read_bytes() for file in path.parent.glob(f"{path.name}*"))
    found = {text for text in (ID, PHONE, marker) if text.encode() in content}
    assert found == {marker}  # a name is no encrypted field: it shows that the right bytes were read
