"""Who is in the newest register, for telling how many people of a file it does not know."""

from pathlib import Path

import pyarrow as pa
from ibis import Table

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.identity import is_sound, person_key
from shouwang.screening.intake.survey import newest_register
from shouwang.terms.errors import UserError


class People:
    """The keys of the register, read when first asked for."""

    def __init__(self, db: DuckDB, city: Path) -> None:
        self._db, self._city = db, city
        self._read = False
        self._keys: Table | None = None

    @property
    def keys(self) -> Table | None:
        """`person_key` of everybody whose id is sound. Unknown: there is no register, or it cannot be read."""
        if not self._read:
            self._keys, self._read = self._from_register(), True
        return self._keys

    def homes(self, area: str) -> Table:
        """`person_key` of everybody who lives somewhere today, and `is_here`: whether in the area.

        Errors: `UserError` where there is no register: nobody's area is known then.
        """
        folder = self._city / "registry" / str(newest_register(self._city, None))
        members, homes = (self._db.read_parquet(folder / f"{name}.parquet") for name in ("members", "households"))
        living = members.filter(members.until.isnull()).inner_join(homes, "household_id")
        keyed = living.select(
            person_key=person_key(living.id_number.cast("string")),
            is_here=living.area_code.cast("string").startswith(area),
        )
        sound = keyed.filter(is_sound(keyed.person_key))
        return self._db.keep(sound.group_by("person_key").agg(is_here=sound.is_here.any()), "register_homes")

    def _from_register(self) -> Table | None:
        try:
            members = self._city / "registry" / str(newest_register(self._city, None)) / "members.parquet"
            raw = self._db.read_parquet(members)
            keyed = raw.select(person_key=person_key(raw.id_number.cast("string")))
        except (UserError, OSError, pa.ArrowInvalid, AttributeError):
            return None
        return self._db.keep(keyed.filter(is_sound(keyed.person_key)).distinct(), "register_keys")
