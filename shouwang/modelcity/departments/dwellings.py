"""住建局 and 水务局: grades of houses, water of villages."""

import numpy as np
import pyarrow as pa

from shouwang.modelcity import columns, guarantees, layout, months
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.places import Plan
from shouwang.modelcity.writing import DepartmentFiles


def write(chunk: Chunk) -> None:
    """The first list of houses in June 2019, and the grades changed since."""
    rng = chunk.homes.rng("housing")
    state = chunk.guarantees
    listed = np.flatnonzero(state.housing_known & (chunk.head >= 0))
    unsafe = chunk.shocks.of("unsafe_housing")
    found = unsafe.day + rng.integers(3, 20, unsafe.count)
    keep = (found <= months.TODAY) & (chunk.head[unsafe.home] >= 0)
    home = np.concatenate([listed, unsafe.home[keep]])
    grade = np.concatenate([state.housing_before[listed], unsafe.extent[keep] - 1])
    seen = months.START - rng.integers(5, 700, len(listed))
    day = np.concatenate([seen, found[keep]])
    month = np.concatenate([np.zeros(len(listed), np.int64), months.months_of(found[keep])])
    chunk.write_states(
        "housing",
        [
            *chunk.person_columns(np.where(month == 0, chunk.head_before[home], chunk.head[home])),
            columns.labels(guarantees.GRADES, grade),
            columns.dates(day),
        ],
        month,
        day,
    )


def write_water(plan: Plan, water: guarantees.Water, files: DepartmentFiles) -> None:
    """All rural villages in June 2019; those hit by the drought of spring 2020 fail in March and pass in May."""
    everywhere = np.arange(plan.villages.num_rows)
    dry = np.flatnonzero(water.is_drought)
    village = np.concatenate([everywhere, dry, dry])
    fails = np.concatenate([water.is_short, np.ones(len(dry), bool), np.zeros(len(dry), bool)])
    far = fails & (village % 2 == 0)
    metres = np.where(far, 1000 + water.metres[village], water.metres[village])
    day = np.concatenate(
        [water.first_day, np.full(len(dry), months.day(2020, 3, 18)), np.full(len(dry), months.day(2020, 5, 20))]
    )
    names = plan.villages.take(pa.array(village))
    table = pa.table(
        dict(
            zip(
                layout.DATASETS["water"].headers,
                [
                    *(names[column].combine_chunks() for column in ("county_name", "town_name", "village_name")),
                    columns.labels(("是", "否"), fails & ~far),
                    columns.numbers(metres),
                    columns.dates(day),
                ],
                strict=True,
            )
        )
    )
    files.add_by_month("water", table, np.repeat([0, 9, 11], [len(everywhere), len(dry), len(dry)]))
