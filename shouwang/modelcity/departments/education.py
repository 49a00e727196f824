"""教体局: the school roll and what families paid for schooling."""

import re

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, months
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.shocks import Shocks

STAGES = ("学前教育", "小学", "初中", "普通高中", "中等职业教育", "高等教育")
STATES = ("在读", "休学", "辍学", "毕业")
REASONS = ("入学", "升学", "因健康", "失学辍学", "复学", "毕业离校")
_ENDINGS = ("幼儿园", "完全小学", "中学", "第一中学", "职业高级中学")
_FIRST_GRADE = np.array([-2, 1, 7, 10, 10])
"""The grade each stage starts with."""


def write(chunk: Chunk) -> dict[str, NDArray[np.int64]]:
    """Write both files. Answers the net school costs of each household in the window, in fen."""
    _roll(chunk)
    return {"school_spending": _fees(chunk)}


def _stage(grade: NDArray[np.int64], vocational: NDArray[np.bool_]) -> NDArray[np.int64]:
    return np.select([grade <= 0, grade <= 6, grade <= 9, ~vocational & (grade <= 12), grade <= 12], [0, 1, 2, 3, 4], 5)


def _roll(chunk: Chunk) -> None:
    """The list of June 2019, those who entered or moved up in September, graduates, and drop-outs."""
    people, school = chunk.people, chunk.people.school
    enrolled = school.is_pupil.copy()
    dropped = chunk.shocks.of("dropout")
    enrolled[dropped.person] = True
    then = school.grade - 1
    stage_now, stage_then = _stage(school.grade, school.is_vocational), _stage(then, school.is_vocational)
    finished = (school.grade >= 10) & (school.grade <= 13) & ~enrolled & (people.age < 21) & people.stays
    finished &= (school.grade == 10) | (school.grade == 13)
    before = (enrolled & ((then >= -2) | ((people.age >= 6) & (then >= -3)))) | finished
    entered = enrolled & ~before
    moved_up = enrolled & before & (stage_now != stage_then)
    parts = [
        _entries(before, stage_then, school.grade, month=0, state=0, reason=0),
        _entries(entered, stage_now, school.grade, month=3, state=0, reason=0),
        _entries(moved_up, stage_now, school.grade, month=3, state=0, reason=1),
        _entries(finished, stage_then, school.grade, month=1, state=3, reason=5, day=months.day(2019, 7, 10)),
        _at_home(chunk, school.is_homebound & before),
        _drop_outs(dropped.person, dropped.day, stage_now, state=2, reason=3),
        _drop_outs(*_returned(dropped), stage_now, state=0, reason=4),
    ]
    person, stage, month, state, reason, day = (np.concatenate(p) for p in zip(*parts, strict=True))
    _write_roll(chunk, person, stage, month, state, reason, day)


Part = tuple[NDArray[np.int64], ...]


def _entries(
    who: NDArray[np.bool_],
    stage: NDArray[np.int64],
    grade: NDArray[np.int64],
    *,
    month: int,
    state: int,
    reason: int,
    day: int | None = None,
) -> Part:
    person = np.flatnonzero(who)
    stage = stage[person]
    years_in = np.maximum(grade[person] - _FIRST_GRADE[stage], 0)
    entered = months.school_days(2019 - years_in) if day is None else np.full(len(person), day)
    if month == 0:
        entered = np.minimum(entered, months.day(2018, 9, 1))
    return _part(person, stage, month, state, reason, entered)


def _part(
    person: NDArray[np.int64],
    stage: NDArray[np.int64],
    month: int | NDArray[np.int64],
    state: int,
    reason: int,
    day: NDArray[np.int64],
) -> Part:
    full = np.full(len(person), 0)
    return person, stage, full + month, full + state, full + reason, day


def _at_home(chunk: Chunk, who: NDArray[np.bool_]) -> Part:
    """Children kept from school by their health."""
    person = np.flatnonzero(who)
    day = np.full(len(person), months.day(2019, 9, 12))
    school = chunk.people.school
    return _part(person, _stage(school.grade[person], school.is_vocational[person]), 3, 1, 2, day)


def _drop_outs(
    person: NDArray[np.int64], day: NDArray[np.int64], stage: NDArray[np.int64], *, state: int, reason: int
) -> Part:
    return _part(person, stage[person], months.months_of(day), state, reason, day)


def _returned(dropped: Shocks) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    back = dropped.ends < months.NEVER
    return dropped.person[back], dropped.ends[back]


def _write_roll(
    chunk: Chunk,
    person: NDArray[np.int64],
    stage: NDArray[np.int64],
    month: NDArray[np.int64],
    state: NDArray[np.int64],
    reason: NDArray[np.int64],
    day: NDArray[np.int64],
) -> None:
    people = chunk.people
    village = chunk.homes.village[people.home[person]]
    grade = people.school.grade[person]
    entry = 2019 - np.maximum(grade - _FIRST_GRADE[stage], 0)
    entry = np.where(month < 3, np.minimum(entry, 2018), entry)
    chunk.write_states(
        "school_roll",
        [
            *chunk.person_columns(person),
            _schools(chunk, village, stage),
            columns.labels(STAGES, stage),
            columns.joined(
                columns.labels([str(y) for y in range(2000, 2021)], entry - 2000), columns.constant("级", len(entry))
            ),
            columns.labels(STATES, state),
            columns.dates(day),
            columns.labels(REASONS, reason),
        ],
        month,
        day,
    )


def _schools(chunk: Chunk, village: NDArray[np.int64], stage: NDArray[np.int64]) -> pa.StringArray:
    """Kindergartens, primary and middle schools by town, the others by county."""
    villages = chunk.homes.plan.villages
    towns = [_stem(name) for name in villages["town_name"].to_pylist()]
    counties = [c[:2] for c in villages["county_name"].to_pylist()]
    all_names = [
        (c if s >= 3 else t) + ending for s, ending in enumerate(_ENDINGS) for t, c in zip(towns, counties, strict=True)
    ]
    return columns.labels(all_names, stage * len(towns) + village)


def _stem(town: str) -> str:
    """The town without what it is: 阿子营街道 becomes 阿子营."""
    stem = re.sub("(街道|(回族|彝族|苗族)*乡|镇)$", "", town)
    return stem if len(stem) > 1 else town


def _fees(chunk: Chunk) -> NDArray[np.int64]:
    """Fees of kindergarten, senior school and college, twice a year, less the aid."""
    rng = chunk.homes.rng("fees")
    people, school = chunk.people, chunk.people.school
    on = chunk.homes.on_register[people.home]
    pays = (school.is_pupil & ((school.grade <= 0) | (school.grade >= 10))) | school.is_student
    pays &= people.stays & (rng.random(people.count) < np.where(on, 0.9, 0.5))
    rows = np.flatnonzero(pays)
    stage = _stage(school.grade[rows], school.is_vocational[rows])
    due = np.array([900, 0, 0, 800, 350, 4400])[stage] * rng.uniform(0.8, 1.2, len(rows))
    share = np.where(on[rows], np.array([0.5, 0, 0, 0.85, 1, 0.86])[stage], np.array([0, 0, 0, 0.1, 1, 0.12])[stage])
    due = np.round(due / 10).astype(np.int64) * 1000
    aid = np.round(due * np.clip(share + rng.normal(0, 0.04, len(rows)), 0, 1) / 1000).astype(np.int64) * 1000
    hit = chunk.shocks.of("tuition")
    person = np.concatenate([rows, rows, hit.person])
    stage = np.concatenate([stage, stage, np.full(hit.count, 5)])
    day = np.concatenate(
        [
            months.day(2019, 9, 2) + rng.integers(0, 25, len(rows)),
            months.day(2020, 3, 2) + rng.integers(0, 55, len(rows)),
            hit.day,
        ]
    )
    due = np.concatenate([due, due, np.round(hit.amount / 0.82).astype(np.int64)])
    aid = np.concatenate([aid, aid, due[len(rows) * 2 :] - hit.amount])
    chunk.write_events(
        "school_fees",
        [
            *chunk.person_columns(person),
            columns.labels(STAGES, stage),
            columns.dates(day),
            columns.money(due),
            columns.money(aid),
        ],
        day,
    )
    return np.bincount(people.home[person], weights=due - aid, minlength=chunk.homes.count).astype(np.int64)
