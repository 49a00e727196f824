"""Where a wrong id is one slip away from exactly one person of the register: which characters to look at."""

from ibis import Table, Value

from shouwang.screening.engine import DuckDB
from shouwang.screening.intake.identity import is_sound, person_key
from shouwang.screening.intake.opening import LINE
from shouwang.screening.intake.raw_rows import raw_rows
from shouwang.screening.intake.suggestions import suggestions
from shouwang.screening.receiving.checking import TOLD, Checked, has_id
from shouwang.screening.receiving.people import People


def hints(db: DuckDB, checked: Checked, told: Table, people: People | None) -> dict[int, str]:
    """Line → what to look at, of the rows told of. The register's number itself is not told: they have the papers."""
    if people is None or people.keys is None or not has_id(checked.source.dataset):
        return {}
    wrong = _wrong_keys(db, told, raw_rows(db, checked.source, checked.no_rows))
    found = suggestions(wrong, people.keys)
    rows = db.fetch(wrong.inner_join(found, "person_key").select(LINE, "person_key", "suggested")).to_pylist()
    return {
        row[LINE]: f"；与登记册中一人的号码只差{_places(row['person_key'], row['suggested'])}，请核对证件"
        for row in rows
    }


def _wrong_keys(db: DuckDB, bad: Table, raw: Table) -> Table:
    here = bad.filter(bad[TOLD + "id_number"].notnull()).select(LINE)
    keyed = raw.inner_join(here, LINE).select(LINE, person_key=person_key(raw.id_number))
    wrong: Value = keyed.person_key.notnull() & ~is_sound(keyed.person_key)
    return db.keep(keyed.filter(wrong), "wrong_keys")


def _places(key: int, other: int) -> str:
    """第 17 位; 第 15、16 位."""
    pairs = zip(_written(key), _written(other), strict=True)
    return f"第 {'、'.join(str(place) for place, (one, two) in enumerate(pairs, start=1) if one != two)} 位"


def _written(key: int) -> str:
    check = key % 11
    return f"{key // 11:017d}{'X' if check == 10 else check}"
