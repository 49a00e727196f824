"""People outside the register who are easily taken for somebody in it, in rows of their own."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.modelcity import columns, months
from shouwang.modelcity.damage import id_slips, name_slips
from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.people_columns import Who
from shouwang.modelcity.damage.rates import rates
from shouwang.modelcity.damage.registered import Registered, keys_of

KINDS = ("namesake", "twin")


@dataclass(frozen=True)
class Strangers:
    """Rows of strangers and, for each, the index of its kind in KINDS."""

    table: pa.Table
    kind: NDArray[np.int64]


def beside(table: pa.Table, who: Who, *, share: float, registered: Registered, draws: Draws) -> Strangers:
    """Rows as some of the table's, about people who resemble theirs. `share`: of damaged identities."""
    parts = [_of_kind(table, who, kind, share=share, registered=registered, draws=draws.of(kind)) for kind in KINDS]
    kind = np.repeat(np.arange(len(KINDS)), [part.num_rows for part in parts])
    return Strangers(pa.concat_tables(parts), kind)


def _of_kind(table: pa.Table, who: Who, kind: str, *, share: float, registered: Registered, draws: Draws) -> pa.Table:
    keys = keys_of(table.column(who.id_number))
    chance = share * rates()["strangers"][kind]["share"] / 100
    rows = np.flatnonzero(draws.uniform(keys, "has one") < chance)
    if kind == "twin":
        names = np.array(table.column(who.name).take(pa.array(rows)).to_pylist(), "U")
        rows = rows[name_slips.has_other(names, "twins")] if len(rows) else rows
    copy = table.take(pa.array(rows))
    card = _cards(copy, who, kind, keys=keys[rows], draws=draws)
    unknown = registered.find(keys_of(columns.text(card))) < 0
    copy, card, keys = copy.filter(pa.array(unknown)), card[unknown], keys[rows][unknown]
    return _renamed(copy, who, kind, card=card, keys=keys, draws=draws)


def _cards(copy: pa.Table, who: Who, kind: str, *, keys: NDArray[np.int64], draws: Draws) -> NDArray[np.uint8]:
    """Sound ids of the same area and sex: of the same day for a twin, of the same year for a namesake."""
    texts = pc.utf8_slice_codeunits(copy.column(who.id_number), 0, 18).to_pylist()
    card = id_slips.as_bytes(np.array(texts, "S18"))
    order = id_slips.order_of(card)
    if kind == "twin":
        return id_slips.with_birth(card, id_slips.births(card), (order + 2) % 1000)
    year = (
        id_slips.births(card).astype("datetime64[D]").astype("datetime64[Y]").astype("datetime64[D]").astype(np.int64)
    )
    birth = np.minimum(year + draws.below(keys, 365, "day of the year"), months.TODAY)
    return id_slips.with_birth(card, birth, 2 * draws.below(keys, 499, "order") + 1 + (1 - order % 2))


def _renamed(
    copy: pa.Table, who: Who, kind: str, *, card: NDArray[np.uint8], keys: NDArray[np.int64], draws: Draws
) -> pa.Table:
    ends = pc.utf8_slice_codeunits(copy.column(who.id_number), 18)
    ids = columns.joined(columns.text(card), ends.combine_chunks())
    copy = copy.set_column(who.id_number, copy.column_names[who.id_number], ids)
    if kind == "namesake" or not copy.num_rows:
        return copy
    names = np.array(copy.column(who.name).to_pylist(), "U")
    twins = name_slips.other_character(names, "twins", keys=keys, draws=draws)
    return copy.set_column(who.name, copy.column_names[who.name], pa.array(twins.astype(object), pa.string()))
