"""One chunk of the city with all that befell it, as the departments see it."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.modelcity import columns, guarantees, ids, incomes, kinship, layout, months, names, people, shocks
from shouwang.modelcity.households import Homes
from shouwang.modelcity.parameters import figure
from shouwang.modelcity.writing import DepartmentFiles

_OUTSIDERS = 400
"""People outside the register made up for each chunk."""


@dataclass
class Outsiders:
    """People in town, in nobody's household here, who turn up in department files."""

    name: pa.StringArray
    id_text: pa.StringArray


@dataclass
class Chunk:
    """Everything about one chunk of households, and the files it is written to."""

    homes: Homes
    people: people.People
    shocks: shocks.Shocks
    incomes: incomes.Incomes
    guarantees: guarantees.Guarantees
    outsiders: Outsiders
    files: DepartmentFiles
    household_ids: pa.StringArray
    head: NDArray[np.int64]
    """Row of the head as departments know it, -1 where there is none."""
    head_before: NDArray[np.int64]
    """The same at the time of the first lists: the earner who died since may have been head then."""

    def person_columns(self, rows: NDArray[np.integer]) -> list[pa.Array]:
        """Name and id number of these people."""
        index = pa.array(rows)
        return [self.people.name.take(index), self.people.id_text.take(index)]

    def write_events(self, dataset: str, values: list[pa.Array], days: NDArray[np.integer]) -> None:
        """Rows by the month of their day; a small share of rows more belong to outsiders."""
        table = self._table(dataset, values)
        rng = self.homes.rng("outsiders " + dataset)
        strangers = rng.random(table.num_rows) < figure("outsiders.events")
        whole = pa.concat_tables([table, self._as_outsiders(rng, table, np.flatnonzero(strangers))])
        days = np.concatenate([days, days[strangers]])
        self._write_months(dataset, whole, months.months_of(days), days)

    def write_states(
        self, dataset: str, values: list[pa.Array], month: NDArray[np.integer], days: NDArray[np.integer]
    ) -> None:
        """Rows of the first list (month 0) and of the changes since."""
        self._write_months(dataset, self._table(dataset, values), month, days)

    def write_roll(self, dataset: str, month: int, values: list[pa.Array]) -> None:
        """The roll of one month, with a handful of outsiders."""
        table = self._table(dataset, values)
        rng = self.homes.rng(f"outsiders {dataset}")
        few = min(table.num_rows, figure("outsiders.rolls_per_chunk"))
        strangers = self._as_outsiders(rng, table, rng.choice(table.num_rows, few, replace=False) if few else [])
        self.files.add(dataset, month, pa.concat_tables([table, strangers]))

    def _table(self, dataset: str, values: list[pa.Array]) -> pa.Table:
        return pa.table(dict(zip(layout.DATASETS[dataset].headers, values, strict=True)))

    def _write_months(
        self, dataset: str, table: pa.Table, month: NDArray[np.integer], days: NDArray[np.integer]
    ) -> None:
        order = np.lexsort((days, month))
        self.files.add_by_month(dataset, table.take(pa.array(order)), month[order])

    def _as_outsiders(self, rng: np.random.Generator, table: pa.Table, rows: NDArray[np.integer]) -> pa.Table:
        """These rows again, under the names and id numbers of outsiders; what follows an id on a card stays."""
        copy = table.take(pa.array(rows, pa.int64()))
        who = pa.array(rng.integers(0, _OUTSIDERS, copy.num_rows))
        card = pc.binary_join_element_wise(
            self.outsiders.id_text.take(who), pc.utf8_slice_codeunits(copy.column(1), 18), ""
        )
        copy = copy.set_column(0, copy.column_names[0], self.outsiders.name.take(who))
        return copy.set_column(1, copy.column_names[1], card)


def draw_outsiders(homes: Homes, book: ids.IdBook) -> Outsiders:
    """People of the four old city districts."""
    rng = homes.rng("strangers")
    birth = months.TODAY - rng.integers(20 * 365, 75 * 365, _OUTSIDERS)
    male = rng.random(_OUTSIDERS) < 0.5
    area = np.array([ids.AREAS.index(code) for code in ids.URBAN])[rng.integers(0, len(ids.URBAN), _OUTSIDERS)]
    surname = names.draw_surnames(rng, np.zeros(_OUTSIDERS, np.int8))
    return Outsiders(
        names.full_names(rng, surname, male=male, born=months.years_of(birth)),
        columns.text(book.issue(area, births=birth, male=male)),
    )


def draw(homes: Homes, book: ids.IdBook, files: DepartmentFiles, water: guarantees.Water) -> Chunk:
    """The people of these households, what befell them and what they earn."""
    folk = people.draw(homes, book)
    struck = shocks.draw(homes, folk)
    head = folk.first_of_home(folk.place == kinship.HEAD, homes.count)
    died = folk.first_of_home(folk.gone == kinship.EARNER_DIED, homes.count)
    return Chunk(
        homes=homes,
        people=folk,
        shocks=struck,
        incomes=incomes.draw(homes, folk, struck),
        guarantees=guarantees.draw(homes, folk, struck, water),
        outsiders=draw_outsiders(homes, book),
        files=files,
        household_ids=columns.prefixed("H", ids.opaque(homes.number, seed=homes.plan.seed), 11),
        head=head,
        head_before=np.where(died >= 0, died, head),
    )
