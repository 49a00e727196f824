"""One small city without damage and the same with damaged identities only, for all tests of the room."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.modelcity import Damage, write_city

HOUSEHOLDS, SEED = 1_200, 11


@dataclass(frozen=True)
class Pair:
    """Two cities of the same people."""

    clean: Path
    damaged: Path

    @cached_property
    def identities(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = pq.read_table(self.damaged / "truth" / "damage_identities.parquet").to_pylist()
        return rows

    @cached_property
    def people(self) -> dict[str, dict[str, Any]]:
        """person_id → the person as registered."""
        members: pa.Table = pq.read_table(self.clean / "registry" / "2020-06" / "members.parquet")
        return {member["person_id"]: member for member in members.to_pylist()}


@pytest.fixture(scope="session")
def slips(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Identities damaged at a tenth, so that every kind turns up; files as of old."""
    folder = tmp_path_factory.mktemp("slips")
    write_city(folder / "clean", HOUSEHOLDS, seed=SEED)
    write_city(folder / "damaged", HOUSEHOLDS, seed=SEED, damage=Damage(identities=0.1))
    return Pair(folder / "clean", folder / "damaged")
