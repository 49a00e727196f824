"""Damaged identities: the stated shares, the truth about each of them, and nothing else changed."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from shouwang.modelcity import Damage, asked, write_city
from shouwang.modelcity.damage.rates import rates
from shouwang.terms.errors import UserError
from shouwang.terms.id_number import IdFault, IdNumber

from ..test_city import digest
from .conftest import HOUSEHOLDS, SEED, Pair

CSVS = ("medical_settlements", "medical_insurance", "school_roll", "social_assistance", "employment")
KINDS = rates()["identities"]["kinds"]


@cache
def lines(city: Path, dataset: str, month: str) -> list[list[str]]:
    with (city / "extracts" / dataset / f"{month}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.reader(stream))


def test_every_row_that_differs_is_in_the_truth_and_no_other(slips: Pair) -> None:
    told = {(r["dataset"], r["month"], r["line"]) for r in slips.identities if r["dataset"] in CSVS}
    found = set()
    for dataset in CSVS:
        for path in (slips.clean / "extracts" / dataset).iterdir():
            clean, damaged = (lines(city, dataset, path.stem) for city in (slips.clean, slips.damaged))
            found |= {
                (dataset, path.stem, n) for n, (a, b) in enumerate(zip(clean, damaged, strict=False), 1) if a != b
            }
            found |= {(dataset, path.stem, n) for n in range(len(clean) + 1, len(damaged) + 1)}
            assert [row[2:] for row in clean] == [row[2:] for row in damaged[: len(clean)]]
    assert found == told


def test_truth_of_a_damaged_row_is_the_person_of_the_clean_row(slips: Pair) -> None:
    people = slips.people
    rows = [r for r in slips.identities if r["dataset"] in CSVS and r["kind"] in KINDS]
    assert rows
    for row in rows:
        name, number = lines(slips.clean, row["dataset"], row["month"])[row["line"] - 1][:2]
        if row["person_id"] is None:
            assert number not in {person["id_number"] for person in people.values()}
        else:
            assert (people[row["person_id"]]["name"], people[row["person_id"]]["id_number"]) == (name, number)


def test_truth_has_name_and_id_as_the_row_has_them(slips: Pair) -> None:
    for row in slips.identities:
        if row["dataset"] in CSVS:
            written = lines(slips.damaged, row["dataset"], row["month"])[row["line"] - 1][:2]
            assert written == [row["name"], row["id_number"]]


def test_rows_and_lines_count_from_the_header(slips: Pair) -> None:
    assert {row["line"] - row["row"] for row in slips.identities} == {1}


def test_share_of_damaged_rows_is_as_asked(slips: Pair) -> None:
    rows = sum(len(lines(slips.clean, d, p.stem)) - 1 for d in CSVS for p in (slips.clean / "extracts" / d).iterdir())
    damaged = sum(row["kind"] in KINDS for row in slips.identities if row["dataset"] in CSVS)
    assert abs(damaged / rows - 0.1) < 0.012


def test_every_kind_turns_up_at_about_its_share(slips: Pair) -> None:
    found = Counter(row["kind"] for row in slips.identities if row["kind"] in KINDS)
    assert set(found) == set(KINDS)
    shares = np.array([KINDS[kind]["share"] for kind in KINDS], float)
    expected = shares / shares.sum() * found.total()
    counts = np.array([found[kind] for kind in KINDS])
    falls_back = np.array([kind == "wrong_digit" for kind in KINDS])  # gets what the others cannot do
    assert (np.abs(counts - expected)[~falls_back] < 0.6 * expected[~falls_back] + 10).all()
    assert counts[falls_back] >= 0.8 * expected[falls_back]


def test_recoverable_is_told_as_in_the_rates(slips: Pair) -> None:
    told = {(row["kind"], row["recoverable"]) for row in slips.identities if row["kind"] in KINDS}
    assert told == {(name, kind["recoverable"] is True) for name, kind in KINDS.items()}  # these files say no more


def test_person_has_the_same_slip_in_both_months_of_a_roll(slips: Pair) -> None:
    may, june = (
        {r["person_id"]: r["kind"] for r in slips.identities if (r["dataset"], r["month"]) == ("employment", month)}
        for month in ("2020-05", "2020-06")
    )
    both = sorted(set(may) & set(june) - {None})
    assert {may[person] for person in both} >= {"missing", "wrong_digit"}
    assert [may[person] for person in both] == [june[person] for person in both]


def test_id_of_another_member_is_of_the_same_household(slips: Pair) -> None:
    people = slips.people
    by_id = {person["id_number"]: person for person in people.values()}
    rows = [r for r in slips.identities if r["kind"] == "of_another_member" and r["dataset"] in CSVS]
    assert rows
    for row in rows:
        name, number = lines(slips.damaged, row["dataset"], row["month"])[row["line"] - 1][:2]
        me, other = people[row["person_id"]], by_id[number]
        assert name == me["name"]
        assert other["person_id"] != me["person_id"]
        assert other["household_id"] == me["household_id"]


@pytest.mark.parametrize("kind", ["namesake", "twin"])
def test_stranger_has_a_sound_id_nobody_of_the_register_has(slips: Pair, kind: str) -> None:
    people = list(slips.people.values())
    known = {person["id_number"] for person in people}
    rows = [r for r in slips.identities if r["kind"] == kind and r["dataset"] in CSVS]
    assert rows
    for row in rows:
        name, number = lines(slips.damaged, row["dataset"], row["month"])[row["line"] - 1][:2]
        stranger = IdNumber.parse(number)
        assert row["person_id"] is None
        assert stranger.plain not in known
        alike = [
            p for p in people
            if p["id_number"][:10] == number[:10] and (p["sex"] == "男") == stranger.is_male and p["name"][0] == name[0]
        ]  # fmt: skip
        if kind == "twin":
            alike = [p for p in alike if p["birth_date"] == stranger.birth_date and p["name"] != name]
        else:
            alike = [p for p in alike if p["name"] == name]
        assert alike or number[:6].startswith("5301")  # those of the old town resemble people outside the register


def test_lost_ids_are_no_ids(slips: Pair) -> None:
    for row in slips.identities:
        if row["dataset"] in CSVS and row["kind"] in ("scientific", "missing", "name_and_missing", "dropped_digit"):
            with pytest.raises(IdFault):
                IdNumber.parse(lines(slips.damaged, row["dataset"], row["month"])[row["line"] - 1][1])


def test_people_register_and_truth_are_those_of_the_clean_city(slips: Pair) -> None:
    for name in ("registry", "extracts/visits", "extracts/water"):
        assert digest(slips.clean / name) == digest(slips.damaged / name)
    for name in ("households.parquet", "shocks.parquet"):
        assert (slips.clean / "truth" / name).read_bytes() == (slips.damaged / "truth" / name).read_bytes()


def test_same_seed_and_damage_give_the_same_bytes(slips: Pair, tmp_path: Path) -> None:
    write_city(tmp_path / "again", HOUSEHOLDS, seed=SEED, damage=Damage(identities=0.1))
    assert digest(tmp_path / "again") == digest(slips.damaged)


def test_no_files_are_told_damaged_where_only_identities_are(slips: Pair) -> None:
    assert pq.read_table(slips.damaged / "truth" / "damage_files.parquet").num_rows == 0


def test_damage_that_is_none_is_the_city_of_always(tmp_path: Path) -> None:
    write_city(tmp_path / "one", 200, seed=3)
    write_city(tmp_path / "two", 200, seed=3, damage=asked(0.0, None))
    assert digest(tmp_path / "one") == digest(tmp_path / "two")


def test_damaged_files_have_damaged_identities_unless_told() -> None:
    assert asked(0.5, None) == Damage(0.5, 0.03)
    assert asked(0.5, 0.0) == Damage(0.5, 0.0)
    assert asked(0.0, 0.03) == Damage(0.0, 0.03)
    assert asked(0.0, None).is_none


@pytest.mark.parametrize("damage", [Damage(1.1, 0), Damage(-0.1, 0), Damage(0, 0.6), Damage(0, -0.01)])
def test_damage_that_cannot_be_is_refused(tmp_path: Path, damage: Damage) -> None:
    with pytest.raises(UserError):
        write_city(tmp_path / "city", 200, seed=1, damage=damage)
