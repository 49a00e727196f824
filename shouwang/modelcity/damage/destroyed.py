"""Cells nobody can read any more: the only damage besides identities that loses something."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.habits import Column
from shouwang.modelcity.damage.rates import rates
from shouwang.modelcity.damage.spellings import words


@dataclass(frozen=True)
class Destroyed:
    """Shape: one entry per destroyed cell."""

    row: NDArray[np.int64]
    """From 0, within the batch."""
    header: list[str]
    """As in the contract."""
    kind: list[str]


def destroy(
    cells: list[pa.StringArray], columns: tuple[Column, ...], *, rows: NDArray[np.int64], share: float, draws: Draws
) -> tuple[list[pa.StringArray], Destroyed]:
    """The columns with a share of the rows having one cell that says nothing any more."""
    left = words("destroyed")
    added = words("person_headers")
    can = [place for place, column in enumerate(columns) if column.kind.value in left and column.name not in added]
    chosen = np.flatnonzero(draws.uniform(rows, "is destroyed") < share * rates()["cells"]["destroyed"])
    chosen = chosen if can else chosen[:0]
    which = np.array(can, np.int64)[draws.below(rows[chosen], max(len(can), 1), "column")] if can else chosen
    out, headers, kinds, kept = list(cells), [], [], []
    for place in can:
        mine = chosen[which == place]
        mine = mine[np.asarray(pc.is_valid(cells[place].take(pa.array(mine))), bool)] if len(mine) else mine
        options = left[columns[place].kind.value]
        texts = [options[n] for n in draws.below(rows[mine], len(options), "what is left")]
        mask = np.zeros(len(rows), bool)
        mask[mine] = True
        out[place] = pc.replace_with_mask(out[place], pa.array(mask), pa.array(texts, pa.string()))
        kept.append(mine)
        headers += [columns[place].name] * len(mine)
        kinds += [f"destroyed_{columns[place].kind}"] * len(mine)
    return out, Destroyed(np.concatenate(kept) if kept else chosen, headers, kinds)
