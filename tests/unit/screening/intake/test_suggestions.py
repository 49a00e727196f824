"""The set-based repairs are those of one id at a time; a suggestion is the only one the register knows."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import MACROS
from shouwang.screening.intake.identity import is_sound, person_key
from shouwang.screening.intake.suggestions import repairs, suggestions
from shouwang.terms import id_number
from tests.support.city import WEIGHTS


@pytest.fixture(scope="module")
def db() -> Iterator[DuckDB]:
    with tempfile.TemporaryDirectory() as scratch:
        made = DuckDB(Path(scratch), MACROS)
        yield made
        made.close()


def sound_id(number: int) -> str:
    seventeen = f"530113{1940 + number % 80}{number % 12 + 1:02d}{number % 28 + 1:02d}{number % 1000:03d}"
    return seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True)) % 11]


def keys(db: DuckDB, texts: list[str]) -> ibis.Table:
    raw = db.from_arrow(pa.table({"text": pa.array(texts, pa.string())}))
    return raw.select("text", person_key=person_key(raw.text))


def mistyped(text: str, place: int, character: str) -> str:
    return text[:place] + character + text[place + 1 :]


def swapped(text: str, place: int) -> str:
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


@settings(max_examples=40, deadline=None)
@given(number=st.integers(0, 10_000), place=st.integers(0, 17), digit=st.integers(0, 9), swap=st.booleans())
def test_repairs_of_many_are_those_of_one(db: DuckDB, number: int, place: int, digit: int, swap: bool) -> None:
    right = sound_id(number)
    wrong = swapped(right, min(place, 16)) if swap else mistyped(right, place, str(digit))
    expected = id_number.repairs(wrong) if wrong[:17].isdigit() else frozenset()
    bad = keys(db, [wrong]).filter(lambda t: t.person_key.notnull() & ~is_sound(t.person_key))
    found = repairs(bad)
    sought = keys(db, sorted(expected)).select(repaired="person_key")
    assert db.fetch(found.anti_join(sought, "repaired")).num_rows == 0
    assert db.fetch(found).num_rows == len(expected)
    assert (right in expected) == (wrong != right and wrong[:17].isdigit())


def test_suggestion_is_the_only_one_the_register_knows(db: DuckDB) -> None:
    right, other = sound_id(5), sound_id(6)
    wrong = swapped(right, 14) if right[14] != right[15] else swapped(right, 15)
    unknown = mistyped(other, 3, str((int(other[3]) + 1) % 10))
    also = next(r for r in id_number.repairs(unknown) if r != other)
    register = keys(db, [right, other, also])
    found = db.fetch(suggestions(keys(db, [wrong, unknown, wrong]), register)).to_pylist()
    [expected] = db.fetch(keys(db, [right]).select(suggested="person_key")).to_pylist()
    assert [row["suggested"] for row in found] == [expected["suggested"]]


def test_nothing_is_suggested_where_the_register_knows_none(db: DuckDB) -> None:
    wrong = mistyped(sound_id(5), 17, "9" if sound_id(5)[17] != "9" else "8")
    assert db.fetch(suggestions(keys(db, [wrong]), keys(db, [sound_id(6)]))).num_rows == 0


def test_last_two_characters_swapped_where_the_check_is_x(db: DuckDB) -> None:
    with_x = next(i for n in range(1_000) if (i := sound_id(n))[17] == "X")
    assert with_x in id_number.repairs(mistyped(with_x, 16, str((int(with_x[16]) + 1) % 10)))
    bad = keys(db, [mistyped(with_x, 16, str((int(with_x[16]) + 1) % 10))])
    wanted = keys(db, [with_x]).select(repaired="person_key")
    assert db.fetch(repairs(bad).semi_join(wanted, "repaired")).num_rows == 1


@pytest.mark.parametrize("text", [sound_id(7), "", "53011319800301001", "5.30128E+17", "abcdefghijklmnopqr"])
def test_text_that_has_no_repairs(text: str) -> None:
    assert id_number.repairs(text) == frozenset()
