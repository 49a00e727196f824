"""Damages the name and id of a share of rows.

The same person has the same slip in all months of a department's file.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.modelcity import columns
from shouwang.modelcity.damage import id_slips, name_slips
from shouwang.modelcity.damage.draws import Draws
from shouwang.modelcity.damage.people_columns import Who
from shouwang.modelcity.damage.rates import rates
from shouwang.modelcity.damage.registered import Registered, keys_of

OF_NAME = {
    "same_sound": "same_sound",
    "look_alike": "look_alike",
    "name_and_digit": "same_sound",
    "look_alike_and_digit": "look_alike",
    "name_and_missing": "same_sound",
}
"""Kinds that change a character of the name, and for what it is taken."""
_OF_ID = {name: name for name in id_slips.SLIPS} | {
    "name_and_digit": "wrong_digit",
    "look_alike_and_digit": "wrong_digit",
}
_WITHOUT_ID = ("missing", "name_and_missing")


@dataclass(frozen=True)
class Slipped:
    """Rows of a table whose identity is damaged. Shape: one entry per damaged row, in the order of the table."""

    row: NDArray[np.int64]
    kind: NDArray[np.int64]
    """Index of `KINDS`."""
    entry: NDArray[np.int64]
    """The true person's entry in the register, -1 for somebody it does not hold."""
    name: pa.StringArray
    """As it now stands in the row, before anybody spells it otherwise."""
    id_number: pa.StringArray


def kinds() -> tuple[str, ...]:
    """The kinds of slips in the order of rates.yaml."""
    return tuple(rates()["identities"]["kinds"])


def is_recoverable(*, has_columns: bool) -> tuple[bool, ...]:
    """For each kind: does the row still say who is meant, where the file says more of people or not."""
    told = [kind["recoverable"] for kind in rates()["identities"]["kinds"].values()]
    return tuple(has_columns if said == "with_columns" else said for said in told)


def damage(
    table: pa.Table, who: Who, *, share: float, registered: Registered, draws: Draws
) -> tuple[pa.Table, Slipped]:
    """The table with slips in a share of its names and ids, and which they are."""
    keys = keys_of(table.column(who.id_number))
    rows = np.flatnonzero(draws.uniform(keys, "is damaged") < share)
    keys, entry = keys[rows], registered.find(keys[rows])
    numbers = table.column(who.id_number).take(pa.array(rows)).combine_chunks()
    written = np.array(table.column(who.name).take(pa.array(rows)).to_pylist(), "U")
    card = id_slips.as_bytes(np.array(pc.utf8_slice_codeunits(numbers, 0, 18).to_pylist(), "S18"))
    kind = _possible(_drawn(keys, draws), written, card=card, alone=_is_alone(entry, registered))
    names = pa.array(_slipped_names(written, kind, keys=keys, draws=draws), pa.string())
    suffix = pc.utf8_slice_codeunits(numbers, 18)
    ids = _slipped_ids(card, kind, keys=keys, draws=draws, mates=_mates(entry, registered), suffix=suffix)
    damaged = _replaced(_replaced(table, who.name, rows, names), who.id_number, rows, ids)
    return damaged, Slipped(rows, kind, entry, names, ids)


def _drawn(keys: NDArray[np.int64], draws: Draws) -> NDArray[np.int64]:
    shares = np.cumsum([kind["share"] for kind in rates()["identities"]["kinds"].values()], dtype=float)
    return np.searchsorted(shares / shares[-1], draws.uniform(keys, "kind"), side="right")


def _is_alone(entry: NDArray[np.int64], registered: Registered) -> NDArray[np.bool_]:
    return (entry < 0) | (registered.mate[entry] == entry) if len(registered.mate) else np.ones(len(entry), bool)


def _mates(entry: NDArray[np.int64], registered: Registered) -> NDArray[np.bytes_]:
    """The ids of others in the household."""
    return registered.ids[registered.mate[entry]] if len(registered.mate) else np.full(len(entry), b"0" * 18, "S18")


def _possible(
    kind: NDArray[np.int64],
    written: NDArray[np.str_],
    *,
    card: NDArray[np.uint8],
    alone: NDArray[np.bool_],
) -> NDArray[np.int64]:
    """The kind where the slip can be made, else a wrong digit."""
    is_kind = {name: kind == number for number, name in enumerate(kinds())}
    cannot = is_kind["of_another_member"] & alone
    cannot |= is_kind["lunar_birthday"] & ~id_slips.has_lunar_birthday(card)
    cannot |= is_kind["day_and_month_swapped"] & ~id_slips.has_month_like_day(card)
    cannot |= (is_kind["scientific"] | is_kind["last_digits_zero"]) & id_slips.has_letter(card)
    for name, group in OF_NAME.items():
        cannot |= is_kind[name] & ~name_slips.has_other(written, group)
    return np.where(cannot, kinds().index("wrong_digit"), kind)


def _slipped_names(
    written: NDArray[np.str_], kind: NDArray[np.int64], *, keys: NDArray[np.int64], draws: Draws
) -> NDArray[np.object_]:
    out = written.astype(object)
    for number, name in enumerate(kinds()):
        mine = kind == number
        if name in OF_NAME:
            others = name_slips.other_character(written[mine], OF_NAME[name], keys=keys[mine], draws=draws.of(name))
            out[mine] = others.astype(object)
        elif name == "swapped_name":
            out[mine] = name_slips.swapped(written[mine]).astype(object)
    return out


def _slipped_ids(
    card: NDArray[np.uint8],
    kind: NDArray[np.int64],
    *,
    keys: NDArray[np.int64],
    draws: Draws,
    mates: NDArray[np.bytes_],
    suffix: pa.StringArray,
) -> pa.StringArray:
    """Ids with their slips; what follows the id on a card stays, as far as Excel lets it."""
    ends = np.array(suffix.to_pylist(), object)
    out = _texts(card) + ends
    for number, name in enumerate(kinds()):
        mine = kind == number
        if name in _WITHOUT_ID:
            out[mine] = ""
        elif name == "of_another_member":
            out[mine] = _texts(id_slips.as_bytes(mates[mine])) + ends[mine]
        elif name in _OF_ID:
            slipped = id_slips.SLIPS[_OF_ID[name]](card[mine], keys[mine], draws.of(name))
            out[mine] = _as_shown(_texts(slipped), ends[mine], name)
    return pa.array(out, pa.string())


def _as_shown(texts: NDArray[np.object_], ends: NDArray[np.object_], name: str) -> NDArray[np.object_]:
    """A number is shown as a whole: behind its fifteenth digit a card has nothing but zeros."""
    if name == "scientific":
        return np.array([f"{text[:-2]}{17 + len(end)}" for text, end in zip(texts, ends, strict=True)], object)
    if name == "last_digits_zero":
        ends = np.array(["0" * len(end) for end in ends], object)
    return texts + ends


def _texts(card: NDArray[np.uint8]) -> NDArray[np.object_]:
    return np.array(columns.text(card).to_pylist(), object)


def _replaced(table: pa.Table, place: int, rows: NDArray[np.int64], values: pa.StringArray) -> pa.Table:
    mask = np.zeros(table.num_rows, bool)
    mask[rows] = True
    column = table.column(place).combine_chunks()
    column = column.chunk(0) if isinstance(column, pa.ChunkedArray) else column
    return table.set_column(place, table.column_names[place], pc.replace_with_mask(column, pa.array(mask), values))
