"""A damaged city gives the verdicts of the clean one wherever the truth can be recovered, else a reason."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from shouwang.modelcity import Damage, write_city
from tests.support.screened import Run, screened

HOUSEHOLDS, SEED = 800, 4
_WORDS = """
    结算日期 个人自付 赔付日期 赔付金额 参保状态 参保年度 确诊日期 就读状态 变动日期 缴费日期 应缴金额 资助金额
    残疾等级 发证日期 业务 救助类别 就业状态 失业起始日期 拒绝岗位次数 拒绝培训次数 房屋等级 鉴定日期 水质达标
    取水半径米 评价日期 发生日期 损失金额 已获赔付 事故日期 自担费用 预计停工天数 事件 日期 逾期天数
"""
READ = set(_WORDS.split())
"""The contract's columns that screening reads, by hand from datasets.md."""
Place = tuple[str, str, int]
"""Dataset, month and line."""


@dataclass(frozen=True)
class Screened:
    """A city and its run of June."""

    city: Path
    run: Run

    def truth(self, name: str) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(self.city / "truth" / f"{name}.parquet").to_pylist()
        return [row for row in rows if (row["dataset"], row["month"]) in self.read_files]

    @cached_property
    def read_files(self) -> set[tuple[str, str]]:
        """Dataset and month of every file the run read."""
        paths = [Path(path).parts for path in self.run.manifest["inputs"] if path.startswith("extracts/")]
        return {(parts[1], parts[2].split(".")[0]) for parts in paths}

    def told(self, kind: str) -> set[Place]:
        """The lines `quarantine` or `unlinked` lists."""
        found = set()
        for path in (self.run.folder / kind).glob("*.csv"):
            for row in self.run.read_csv(f"{kind}/{path.name}"):
                found.add((path.stem, Path(row["file"]).name.split(".")[0], int(row["line"])))
        return found

    def touched(self, *, recoverable: bool | None = None) -> set[str]:
        """Homes of people whose row is damaged; where not told otherwise, also by name, or with a destroyed cell."""
        slips = self.truth("damage_identities")
        people = {row["person_id"] for row in slips if recoverable in (None, row["recoverable"])}
        if not recoverable:
            people |= {row["person_id"] for row in self.truth("damage_cells")}
        names = {row["name"] for row in slips} if recoverable is None else set()
        members = pq.read_table(self.city / "registry" / "2020-06" / "members.parquet").to_pylist()
        return {m["household_id"] for m in members if m["person_id"] in people or m["name"] in names}


def made(folder: Path, name: str, damage: Damage) -> Screened:
    write_city(folder / name, HOUSEHOLDS, seed=SEED, damage=damage)
    return Screened(folder / name, screened(folder / name, folder / f"{name}-run"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("damage")


@pytest.fixture(scope="module")
def clean(folder: Path) -> Screened:
    return made(folder, "clean", Damage())


@pytest.fixture(scope="module")
def lossless(folder: Path) -> Screened:
    return made(folder, "lossless", Damage(1.0, 0.0))


@pytest.fixture(scope="module")
def damaged(folder: Path) -> Screened:
    return made(folder, "damaged", Damage(1.0, 0.03))


def place(row: dict[str, Any]) -> Place:
    return row["dataset"], row["month"], row["line"]


def test_lossless_damage_leaves_the_digest_unchanged(clean: Screened, lossless: Screened) -> None:
    assert lossless.run.manifest["output_digest"] == clean.run.manifest["output_digest"]


def test_lossless_damage_leaves_every_row_as_it_was(clean: Screened, lossless: Screened) -> None:
    assert lossless.run.summary["rows"] == clean.run.summary["rows"]
    assert lossless.run.summary["rows"]["quarantined"] == 0


def test_quarantined_lines_are_those_of_destroyed_cells(damaged: Screened) -> None:
    destroyed = {place(row) for row in damaged.truth("damage_cells") if row["header"] in READ}
    assert destroyed
    assert damaged.told("quarantine") == destroyed


def test_unlinked_lines_are_those_of_damaged_identities(damaged: Screened) -> None:
    lines = damaged.told("unlinked")
    assert lines
    assert lines <= {place(row) for row in damaged.truth("damage_identities")}


def test_every_row_is_accounted_for(clean: Screened, damaged: Screened) -> None:
    strangers = [row for row in damaged.truth("damage_identities") if row["kind"] in ("namesake", "twin")]
    rows = damaged.run.summary["rows"]
    assert rows["read"] == rows["linked"] + rows["unlinked"] + rows["set_aside"] + rows["quarantined"]
    assert rows["read"] == clean.run.summary["rows"]["read"] + len(strangers)


def test_people_linked_by_likeness_are_the_right_ones(damaged: Screened) -> None:
    """Rows whose name and id are as the truth has them; others only spell them otherwise."""
    members = pq.read_table(damaged.city / "registry" / "2020-06" / "members.parquet").to_pylist()
    person = {_key(member["id_number"]): member["person_id"] for member in members}
    true = {(r["name"], r["id_number"]): r["person_id"] for r in damaged.truth("damage_identities") if r["id_number"]}
    matches = pq.read_table(damaged.city / "matching" / "2020-06-30" / "matches.parquet").to_pylist()
    linked = [m for m in matches if m["band"] == "linked" and (m["name"], m["written_id"]) in true]
    assert len(linked) > 0.8 * len([m for m in matches if m["band"] == "linked" and m["written_id"]])
    assert len(linked) > 100
    wrong = [m for m in linked if true[m["name"], m["written_id"]] != person[m["person_key"]]]
    assert wrong == []


def _key(number: str) -> int:
    """Seventeen digits × 11 + check digit, as matches.parquet names people."""
    return int(number[:17]) * 11 + (10 if number[17] == "X" else int(number[17]))


def test_strangers_are_linked_to_nobody(damaged: Screened) -> None:
    matches = pq.read_table(damaged.city / "matching" / "2020-06-30" / "matches.parquet").to_pylist()
    strangers = {r["id_number"] for r in damaged.truth("damage_identities") if r["kind"] in ("namesake", "twin")}
    assert strangers
    assert [m["band"] for m in matches if m["written_id"] in strangers and m["band"] == "linked"] == []


def test_household_nobody_touched_has_the_verdict_of_the_clean_city(clean: Screened, damaged: Screened) -> None:
    untouched = set(clean.run.verdicts) - damaged.touched()
    assert len(untouched) > HOUSEHOLDS / 2
    assert [h for h in untouched if damaged.run.verdicts[h] != clean.run.verdicts[h]] == []


def test_recoverable_households_have_the_verdict_of_the_clean_city_or_wait_for_a_person(
    clean: Screened, damaged: Screened
) -> None:
    """A doubt makes a verdict unknown; it never makes another one."""
    touched = damaged.touched(recoverable=True) - damaged.touched(recoverable=False)
    assert len(touched) > HOUSEHOLDS / 10
    differ = [h for h in touched if damaged.run.verdicts[h]["level"] != clean.run.verdicts[h]["level"]]
    assert len(differ) < 0.05 * len(touched)
    assert {damaged.run.verdicts[h]["status"] for h in differ} <= {"unverified", "unassessed"}
