"""医保局, 卫健委 and insurers: settlements, the roll of the insured, serious illness, claims."""

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import columns, months, shocks
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.parameters import by_register, figure

VISIT_KINDS = ("住院", "门诊", "门特")
MAJOR = (
    "恶性肿瘤",
    "尿毒症",
    "急性心肌梗死",
    "脑梗死",
    "脑出血",
    "儿童先天性心脏病",
    "重性精神病",
    "耐药结核",
    "肝硬化",
)
CHRONIC = ("原发性高血压", "Ⅱ型糖尿病", "肺结核", "严重精神障碍", "慢性阻塞性肺病", "风湿性关节炎")
MUST_SIGN = 4
"""The first of CHRONIC are the four diseases every patient of the register signs a doctor for (domain.md 1.3)."""


def write(chunk: Chunk) -> dict[str, NDArray[np.int64]]:
    """Write the four files. Answers what each household paid itself and was paid by insurers in the window, in fen."""
    spent = _settlements(chunk)
    claimed = _claims(chunk)
    _insured(chunk)
    _serious_illness(chunk)
    return {"medical_spending": spent, "insurance_claims": claimed}


def _settlements(chunk: Chunk) -> NDArray[np.int64]:
    rng = chunk.homes.rng("settlements")
    parts = [_everyday(chunk, rng, *kind) for kind in enumerate(("inpatient", "outpatient", "special"))]
    parts.append(_stays_of_the_ill(chunk, rng))
    person, kind, day, paid = (np.concatenate(columns_) for columns_ in zip(*parts, strict=True))
    alive = (day >= chunk.people.birth[person]) & (day <= chunk.people.left[person])
    person, kind, day, paid = person[alive], kind[alive], day[alive], paid[alive]
    total, basic, major, aid = _bill(chunk, rng, person, kind, paid)
    chunk.write_events(
        "medical_settlements",
        [
            *chunk.person_columns(person),
            columns.labels(VISIT_KINDS, kind),
            columns.dates(day),
            *(columns.money(part) for part in (total, basic, major, aid, paid)),
        ],
        day,
    )
    counts = day >= months.WINDOW
    home = chunk.people.home[person[counts]]
    return np.bincount(home, weights=paid[counts], minlength=chunk.homes.count).astype(np.int64)


def _everyday(
    chunk: Chunk, rng: np.random.Generator, kind: int, name: str
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Ordinary visits: person, kind, day and what the person paid."""
    people = chunk.people
    on = chunk.homes.on_register[people.home]
    rate = by_register(f"medicine.{name}_per_year", on) * 13 / 12
    if name == "special":
        rate = rate * (people.body.is_chronic & (people.age >= 30))
    else:
        rate = rate * np.select([people.age < 6, people.age < 45, people.age < 60], [1.1, 0.6, 1.1], 1.9)
    person = np.repeat(np.arange(people.count), rng.poisson(rate))
    shape = figure(f"medicine.{name}_paid")
    median, sigma = np.array([shape["general"], shape["registered"]])[on[person].astype(int)].T
    paid = np.round(rng.lognormal(np.log(median), sigma) * 100).astype(np.int64)
    return person, np.full(len(person), kind), _days(rng, len(person)), paid


def _days(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    """Days of the thirteen months, fewer in the spring of 2020 when people kept away from hospitals."""
    weights = np.array(figure("medicine.visits_by_month"))
    days = np.arange(months.START, months.TODAY + 1)
    sums = np.cumsum(weights[months.months_of(days)])
    return days[np.searchsorted(sums / sums[-1], rng.random(count))]


def _stays_of_the_ill(
    chunk: Chunk, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """One to four stays for each serious illness, which together cost the household its amount."""
    ill = chunk.shocks.of("illness")
    stays = rng.integers(1, 5, ill.count)
    shock = np.repeat(np.arange(ill.count), stays)
    nth = np.arange(len(shock)) - np.repeat(np.cumsum(stays) - stays, stays)
    day = np.minimum(ill.day[shock] + nth * rng.integers(9, 32, len(shock)), months.TODAY)
    paid = ill.amount[shock] // stays[shock]
    paid += np.where(nth == 0, ill.amount[shock] % stays[shock], 0)
    return ill.person[shock], np.zeros(len(shock), np.int64), day, paid


def _bill(
    chunk: Chunk, rng: np.random.Generator, person: NDArray[np.int64], kind: NDArray[np.int64], paid: NDArray[np.int64]
) -> tuple[NDArray[np.int64], ...]:
    """Total and the three payers, so that total = basic + major + aid + paid."""
    on = chunk.homes.on_register[chunk.people.home[person]]
    rates = figure("medicine.reimbursed")
    mean, spread = np.array([rates["general"], rates["registered"]])[on.astype(int)].T
    rate = np.clip(rng.normal(mean, spread) - np.where(kind == 1, 0.28, 0.0), 0.2, 0.95)
    total = np.round(paid / (1 - rate)).astype(np.int64)
    covered = total - paid
    aid = np.where(on & (kind == 0), covered * 0.09, 0).astype(np.int64)
    major = np.where(paid > 150_000, covered * 0.16, 0).astype(np.int64)
    return total, covered - aid - major, major, aid


def _claims(chunk: Chunk) -> NDArray[np.int64]:
    rng = chunk.homes.rng("claims")
    struck = chunk.shocks.of("illness", "accident", "house_damage")
    chance = np.select([struck.kind == shocks.KINDS.index("illness")], [0.12], 0.4)
    struck = struck.where((rng.random(struck.count) < chance) & (struck.amount > 60_000))
    person = np.where(struck.person >= 0, struck.person, chunk.head[struck.home])
    kind = np.searchsorted([shocks.KINDS.index("accident"), shocks.KINDS.index("house_damage")], struck.kind)
    day = struck.day + rng.integers(15, 75, struck.count)
    paid = np.round(struck.amount * rng.uniform(0.15, 0.55, struck.count)).astype(np.int64)
    done = day <= months.TODAY
    person, kind, day, paid, home = (a[done] for a in (person, kind, day, paid, struck.home))
    chunk.write_events(
        "insurance_claims",
        [
            *chunk.person_columns(person),
            columns.labels(("防贫保险", "人身意外伤害保险", "农房保险"), kind),
            columns.dates(day),
            columns.money(paid),
        ],
        day,
    )
    counts = day >= months.WINDOW
    return np.bincount(home[counts], weights=paid[counts], minlength=chunk.homes.count).astype(np.int64)


def _insured(chunk: Chunk) -> None:
    rng = chunk.homes.rng("insured")
    people = chunk.people
    without = chunk.guarantees.without_insurance
    paused = without & (rng.random(people.count) < 0.4)
    employee = (people.age >= 20) & (people.age < 60) & (rng.random(people.count) < 0.04)
    for month, last_day in zip(months.ROLL_MONTHS, months.MONTH_ENDS, strict=True):
        rows = np.flatnonzero((people.birth <= last_day) & (people.left > last_day) & (~without | paused))
        chunk.write_roll(
            "medical_insurance",
            month,
            [
                *chunk.person_columns(rows),
                columns.labels(("城乡居民基本医疗保险", "城镇职工基本医疗保险"), employee[rows]),
                columns.labels(("正常参保", "暂停参保"), paused[rows]),
                columns.constant("2020", len(rows)),
            ],
        )


def _serious_illness(chunk: Chunk) -> None:
    rng = chunk.homes.rng("illness list")
    people = chunk.people
    ill = chunk.shocks.of("illness")
    listed = np.flatnonzero(
        ((people.body.health == 2) | (people.body.is_chronic & (rng.random(people.count) < 0.5)))
        & (people.since <= months.START)
    )
    new = ill.person[(rng.random(ill.count) < 0.45)]
    new = np.setdiff1d(new, listed)
    day_of = np.zeros(people.count, np.int64)
    day_of[ill.person] = ill.day
    diagnosed = np.maximum(months.START - rng.integers(30, 2500, len(listed)), people.birth[listed] + 20)
    rows = np.concatenate([listed, new])
    day = np.concatenate([diagnosed, np.minimum(day_of[new] + 5, months.TODAY)])
    month = np.where(np.arange(len(rows)) < len(listed), 0, months.months_of(day))
    chronic = people.body.is_chronic[rows] & (month == 0)
    name = np.where(chronic, len(MAJOR) + rng.choice(6, len(rows), p=[0.5, 0.2, 0.03, 0.05, 0.1, 0.12]), 0)
    name = np.where(chronic, name, rng.integers(0, len(MAJOR), len(rows)))
    on = chunk.homes.on_register[people.home[rows]]
    signed = on | (rng.random(len(rows)) < 0.8)
    chunk.write_states(
        "serious_illness",
        [
            *chunk.person_columns(rows),
            columns.labels(MAJOR + CHRONIC, name),
            columns.dates(day),
            columns.labels(("否", "是"), signed),
        ],
        month,
        day,
    )
