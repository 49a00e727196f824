"""The register of May and of June 2020: households, members, incomes, and a manifest beside them."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, health, ids, incomes, kinship, months, names, schooling
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.households import HUKOU, REGISTERS
from shouwang.modelcity.writing import ParquetFile

MODEL_VERSION = "1"
SOURCES = ("入户采集", "乡镇台账", "入户动态监测")


class Register:
    """The register of one month, growing chunk by chunk."""

    def __init__(self, folder: Path, month: int, *, seed: int) -> None:
        self._folder = folder / months.MONTHS[month]
        self._folder.mkdir(parents=True)
        self._in_may, self._seed = month == months.MAY, seed
        self._last_day = months.MONTH_ENDS[month - months.MAY]
        self._month = months.MONTHS[month]
        self._files: dict[str, ParquetFile] = {}

    def add(self, chunk: Chunk) -> None:
        people = chunk.people
        relation = people.relation_in_may if self._in_may else people.relation
        heads = people.first_of_home((relation == 0) & (people.until > self._last_day), chunk.homes.count)
        person_ids = columns.prefixed("P", ids.opaque(people.number, seed=chunk.homes.plan.seed + 1), 11)
        founded = pa.array(chunk.homes.founded <= self._last_day)
        self._add(
            "households",
            households_table(chunk, heads, person_ids).filter(founded),
            plain=("household_id", "head_person_id", "phone"),
        )
        self._add(
            "members",
            members_table(chunk, relation, person_ids, self._last_day),
            plain=("person_id", "household_id", "name", "id_number"),
        )
        self._add("incomes", incomes_table(chunk, self._last_day), plain=("household_id", *incomes.PARTS))

    def _add(self, name: str, table: pa.Table, *, plain: tuple[str, ...]) -> None:
        if name not in self._files:
            self._files[name] = ParquetFile(self._folder / f"{name}.parquet", table.schema, plain=plain)
        self._files[name].add(table)

    def abandon(self) -> None:
        """Let go of files that will not be finished."""
        for file in self._files.values():
            file.close()

    def close(self) -> None:
        """Finish the files and write the manifest that names them."""
        files = {}
        for name, file in self._files.items():
            file.close()
            path = self._folder / f"{name}.parquet"
            with path.open("rb") as stored:
                digest = hashlib.file_digest(stored, "sha256").hexdigest()
            files[path.name] = {"rows": file.rows, "sha256": digest}
        manifest = {
            "month": self._month,
            "as_of": str(np.datetime64(self._last_day, "D")),
            "seed": self._seed,
            "model_version": MODEL_VERSION,
            "files": files,
        }
        text = json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"
        (self._folder / "manifest.json").write_text(text, encoding="utf-8")


def households_table(chunk: Chunk, heads: NDArray[np.int64], person_ids: pa.StringArray) -> pa.Table:
    """Shape: one row per household."""
    homes = chunk.homes
    year = homes.exit_year.astype(np.int32)
    return pa.table(
        {
            "household_id": chunk.household_ids,
            "area_code": homes.plan.villages["code"].combine_chunks().take(pa.array(homes.village)),
            "register": columns.labels(REGISTERS, homes.register),
            "exit_year": pa.array(year, mask=year == 0),
            "hukou": columns.labels(HUKOU, homes.hukou),
            "head_person_id": person_ids.take(pa.array(heads, mask=heads < 0)),
            "phone": columns.text(columns.digits(homes.phone, 11)),
        }
    )


def members_table(chunk: Chunk, relation: NDArray[np.int8], person_ids: pa.StringArray, last_day: int) -> pa.Table:
    """Shape: one row per person and household; `until` is null for those who belong to it at the month's end.

    A person whose household divided has two rows: the old household with `until`, the new one with `since`.
    """
    people, former = chunk.people, chunk.people.former
    listed = np.flatnonzero(people.since <= last_day)
    rows = np.concatenate([listed, former.person])
    index = pa.array(rows)
    home = np.concatenate([people.home[listed], former.home])
    relation = np.concatenate([relation[listed], former.relation])
    since = np.concatenate([people.since[listed], former.since])
    until = np.concatenate([people.until[listed], former.until])
    return pa.table(
        {
            "person_id": person_ids.take(index),
            "household_id": chunk.household_ids.take(pa.array(home)),
            "name": people.name.take(index),
            "id_number": people.id_text.take(index),
            "relation": columns.labels(kinship.RELATIONS, relation),
            "sex": columns.labels(("女", "男"), people.male[rows]),
            "birth_date": columns.dates(people.birth[rows]),
            "ethnic": columns.labels(names.ETHNIC, people.ethnic[rows]),
            "education": columns.labels(schooling.EDUCATION, people.school.education[rows]),
            "in_school": columns.labels(schooling.IN_SCHOOL, people.school.in_school[rows]),
            "health": columns.labels(health.HEALTH, people.body.health[rows]),
            "labour": columns.labels(health.LABOUR, people.body.labour[rows]),
            "since": columns.dates(since),
            "until": columns.dates(until, keep=until <= last_day),
        }
    )


def incomes_table(chunk: Chunk, last_day: int) -> pa.Table:
    """Shape: one row per household, window and collection."""
    known, state = chunk.incomes, chunk.incomes.state
    rng = chunk.homes.rng("collection")
    count = chunk.homes.count
    day = months.day(2019, 10, 8) + rng.integers(0, 50, count)
    by_town = (rng.random(count) < 0.25).astype(np.int64)
    again = months.day(2020, 4, 6) + rng.integers(0, 75, count)
    off = np.where(rng.random(count) < 0.5, rng.uniform(0.70, 0.88, count), rng.uniform(1.15, 1.4, count))
    other = np.round(known.year * off[:, None] / 100).astype(np.int64) * 100
    has = state != incomes.UNKNOWN
    parts = [
        (has & (state != incomes.OLD), known.year, incomes.YEAR, day, by_town),
        (has & (state != incomes.NO_BEFORE), known.before, incomes.YEAR_BEFORE, day - 365, by_town),
        (state == incomes.DISAGREE, other, incomes.YEAR, day + 25, 1 - by_town),
        (has & known.is_late, known.late, incomes.LATE_YEAR, again, np.full(count, 2)),
        (has & known.is_late, known.year, incomes.LATE_YEAR_BEFORE, again, np.full(count, 2)),
    ]
    rows = [np.flatnonzero(mask & (collected <= last_day)) for mask, _, _, collected, _ in parts]
    values = np.concatenate([amounts[r] for r, (_, amounts, *_) in zip(rows, parts, strict=True)])
    window = np.repeat(np.array([part[2] for part in parts]), [len(r) for r in rows], axis=0)
    return pa.table(
        {
            "household_id": chunk.household_ids.take(pa.array(np.concatenate(rows))),
            "window_from": columns.dates(window[:, 0]),
            "window_to": columns.dates(window[:, 1]),
            **{name: columns.money(values[:, n]) for n, name in enumerate(incomes.PARTS)},
            "collected_on": columns.dates(np.concatenate([p[3][r] for r, p in zip(rows, parts, strict=True)])),
            "source": columns.labels(SOURCES, np.concatenate([p[4][r] for r, p in zip(rows, parts, strict=True)])),
        }
    )
