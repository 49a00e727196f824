"""残联 and 民政局: disability cards and social assistance."""

import numpy as np

from shouwang.modelcity import columns, kinship, months
from shouwang.modelcity.chunk import Chunk

KINDS = ("视力", "听力", "言语", "肢体", "智力", "精神", "多重")
GRADES = ("一级", "二级", "三级", "四级")
ACTIONS = ("新办", "升级", "注销")
SUPPORT = ("低保", "特困", "孤儿")


def write(chunk: Chunk) -> None:
    """Write both files."""
    _cards(chunk)
    _assistance(chunk)


def _cards(chunk: Chunk) -> None:
    """Cards issued, raised in grade, or returned at death. The number is the id, the kind and the grade."""
    rng = chunk.homes.rng("cards")
    people = chunk.people
    new = chunk.shocks.of("disability")
    dead = np.flatnonzero(np.isin(people.gone, (kinship.PARENT_DIED, kinship.SPOUSE_DIED)) & (people.body.grade > 0))
    person = np.concatenate([new.person, dead])
    kind = people.body.kind[person]
    grade = np.concatenate([new.extent, people.body.grade[dead]])
    day = np.concatenate([new.day, np.minimum(people.left[dead] + 10, months.TODAY)])
    action = np.where(np.arange(len(person)) >= new.count, 2, (rng.random(len(person)) < 0.2) & (grade <= 3))
    suffix = np.stack([kind + 48, grade + 48], axis=1).astype(np.uint8)
    name, _ = chunk.person_columns(person)
    chunk.write_events(
        "disability_cards",
        [
            name,
            columns.text(np.hstack([people.id_bytes[person], suffix])),
            columns.labels(KINDS, kind - 1),
            columns.labels(GRADES, grade - 1),
            columns.dates(day),
            columns.labels(ACTIONS, action),
        ],
        day,
    )


def _assistance(chunk: Chunk) -> None:
    """低保 of a household stands under its head; 特困 and 孤儿 under the person."""
    rng = chunk.homes.rng("assistance")
    people, support = chunk.people, chunk.incomes.support
    child = people.first_of_home((people.age < 18) & people.stays, chunk.homes.count)
    person = np.where(support == 3, child, chunk.head)
    home = np.flatnonzero((support > 0) & (person >= 0))
    size = people.per_home(people.stays, chunk.homes.count)[home]
    began = rng.integers(0, 60, len(home))
    began = 2020 * 12 + 5 - np.where(rng.random(len(home)) < 0.04, 0, began + 1)
    texts = [f"{m // 12}-{m % 12 + 1:02d}" for m in range(2015 * 12, 2020 * 12 + 6)]
    for month in months.ROLL_MONTHS:
        there = began <= months.FIRST_MONTH + month
        rows = home[there]
        chunk.write_roll(
            "social_assistance",
            month,
            [
                *chunk.person_columns(person[rows]),
                columns.labels(SUPPORT, support[rows] - 1),
                columns.numbers(np.where(support[rows] == 1, size[there], 1)),
                columns.money(chunk.incomes.allowance[rows]),
                columns.labels(texts, began[there] - 2015 * 12),
            ],
        )
