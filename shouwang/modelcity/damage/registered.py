"""Who the register holds, by id number: for the truth beside a damaged row, and for slips that need other people."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray


def keys_of(ids: pa.Array | pa.ChunkedArray) -> NDArray[np.int64]:
    """The first seventeen digits of sound ids as whole numbers; the eighteenth follows from them."""
    return np.asarray(pc.utf8_slice_codeunits(ids, 0, 17).cast(pa.int64()), np.int64)


@dataclass(frozen=True)
class Registered:
    """Shape: one entry per person of the register, by id number."""

    keys: NDArray[np.int64]
    person_ids: pa.StringArray
    household: NDArray[np.int64]
    """Index of `household_ids`."""
    household_ids: pa.StringArray
    ids: NDArray[np.bytes_]
    mate: NDArray[np.int64]
    """The next person of the same household, around; oneself where alone."""

    def find(self, keys: NDArray[np.int64]) -> NDArray[np.int64]:
        """The entry of each key, -1 for people the register does not hold."""
        if not len(self.keys):
            return np.full(len(keys), -1)
        place = np.searchsorted(self.keys, keys).clip(0, len(self.keys) - 1)
        return np.where(self.keys[place] == keys, place, -1)

    def people_at(self, entries: NDArray[np.int64]) -> pa.StringArray:
        """The person of each entry, null for -1."""
        return self.person_ids.take(pa.array(entries, mask=entries < 0))


def read_register(folder: Path) -> Registered:
    """The people of a register's month. A person whose household divided stands once, in the new household."""
    members = pq.read_table(folder / "members.parquet", columns=["person_id", "household_id", "id_number", "until"])
    members = members.take(pa.array(np.argsort(np.asarray(members["until"].is_valid()), kind="stable")))
    keys, first = np.unique(keys_of(members["id_number"]), return_index=True)
    members = members.take(pa.array(first))
    homes = members["household_id"].combine_chunks().dictionary_encode()
    household = np.asarray(homes.indices, np.int64)
    return Registered(
        keys=keys,
        person_ids=members["person_id"].combine_chunks(),
        household=household,
        household_ids=homes.dictionary,
        ids=np.asarray(members["id_number"].cast(pa.binary(18)).combine_chunks().to_numpy(zero_copy_only=False), "S18"),
        mate=_mates(household),
    )


def _mates(household: NDArray[np.int64]) -> NDArray[np.int64]:
    order = np.argsort(household, kind="stable")
    of_order = household[order]
    starts = np.flatnonzero(np.r_[True, of_order[1:] != of_order[:-1]]) if len(order) else np.zeros(0, np.int64)
    following = np.arange(1, len(order) + 1)
    ends = np.r_[starts[1:], len(order)] - 1 if len(order) else starts
    following[ends] = starts
    mate = np.empty(len(order), np.int64)
    mate[order] = order[following] if len(order) else following
    return mate
