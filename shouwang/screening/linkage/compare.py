"""Two lists of people compared: which rows are one person, which may be, which stand on one side only."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from shouwang.screening.linkage import blocking, people, reading
from shouwang.screening.linkage.bands import band
from shouwang.screening.linkage.comparisons import Comparison, comparisons, names_differ
from shouwang.screening.linkage.fields import Fields, Ids, Script
from shouwang.screening.linkage.linker import Lists, score, train
from shouwang.screening.linkage.model import Model
from shouwang.screening.linkage.reading import ListFile

MEMORY_LIMIT = "2GB"
FEWEST_TO_LEARN = 300
"""Lists with fewer rows teach nothing: the figures of our own reading are taken."""
LEAST = 0.01
"""Pairs less probable than this are not kept."""
_PRESENT = 0.01
"""A field counts where this share of both lists has it."""
_HAN = "[㐀-鿿]"


@dataclass(frozen=True)
class Compared:
    """What a comparison found, as tables on its connection.

    `pairs`: row_l, row_r, probability, band, has_rival, and `level_…`, `weight_…` for each comparison.
    `rows_l`, `rows_r`: the lists as written; `list_l`, `list_r`: in compared forms.
    """

    con: duckdb.DuckDBPyConnection
    lists: Lists
    comparisons: list[Comparison]
    fields: Fields
    keys: list[blocking.Key]
    has_learnt: bool


def compare(left: ListFile, right: ListFile | None, scratch: Path) -> Compared:
    """Compare two lists, or one within itself. `scratch`: a folder to spill into."""
    con = duckdb.connect(config={"memory_limit": MEMORY_LIMIT, "temp_directory": str(scratch / "spill")})
    people.prepare(con)
    sides = {"l": left} if right is None else {"l": left, "r": right}
    parts = reading.parts_of(left.columns, (right or left).columns)
    for side, file in sides.items():
        reading.take_rows(con, file.opened, f"rows_{side}")
        reading.take_fields(con, f"rows_{side}", f"raw_{side}", columns=file.columns, parts=parts)
    are_citizens = all(_are_citizen_ids(con, f"raw_{side}") for side in sides)
    for side in sides:
        people.compared(con, f"raw_{side}", f"list_{side}", are_citizens=are_citizens, is_lunar=True)
    lists = Lists(con, "list_l", "list_l" if right is None else "list_r")
    _level_columns(lists)
    fields = fields_of(lists, are_citizens=are_citizens)
    return _matched(lists, fields)


def _level_columns(lists: Lists) -> None:
    """Both tables with the same columns; what one list does not have is unknown there."""
    columns = [[row[0] for row in lists.con.execute(f"describe {t}").fetchall()] for t in (lists.left, lists.right)]
    for table, mine, others in ((lists.left, *columns), (lists.right, *columns[::-1])):
        for column in others:
            if column not in mine:
                lists.con.execute(f"alter table {table} add column {column} varchar")


def _matched(lists: Lists, fields: Fields) -> Compared:
    keys = blocking.affordable(lists, blocking.keys(fields))
    wanted = comparisons(fields)
    prior = _prior(lists, fields)
    is_long = min(lists.rows(table) for table in lists.tables) >= FEWEST_TO_LEARN
    # names tell sex, and a citizen's id birth and county: what is alike for that reason misleads the learning
    learns = is_long and fields.ids is not Ids.CITIZEN
    model = train(lists, wanted, _sessions(lists, fields), prior=prior) if learns else Model(prior)
    figured = model.applied_to(wanted)
    score(lists, figured, [k.rule for k in keys], "scored", prior=prior, least=LEAST, frequencies=is_long)
    band(lists, "scored", "pairs", names_differ=names_differ(fields))
    return Compared(lists.con, lists, figured, fields, keys, learns)


def _are_citizen_ids(con: duckdb.DuckDBPyConnection, raw: str) -> bool:
    """True where most ids written have the shape of a citizen's."""
    if "id_number" not in [row[0] for row in con.execute(f"describe {raw}").fetchall()]:
        return True
    shaped = "regexp_full_match(plain_id(id_number), '[0-9]{14,21}[0-9X]|[0-9][.][0-9]+E[+]?[0-9]+')"
    found = con.execute(f"select avg({shaped}::int) from {raw} where id_number is not null").fetchall()[0][0]
    return found is None or found >= 0.5


def fields_of(lists: Lists, *, are_citizens: bool) -> Fields:
    """The fields both lists have."""
    shared = [set(_filled(lists, table)) for table in (lists.left, lists.right)]
    both = shared[0] & shared[1]
    ids = (Ids.CITIZEN if are_citizens else Ids.OPAQUE) if "id" in both else Ids.NONE
    return Fields(
        script=_script(lists),
        ids=ids,
        birth_date="birth" in both,
        sex="sex" in both,
        phone="phone" in both,
        head="head" in both,
        texts=tuple(sorted(column for column in both if column.partition("_")[0] in people.TEXTS)),
    )


def _filled(lists: Lists, table: str) -> list[str]:
    """The columns that more than a handful of rows have."""
    columns = [row[0] for row in lists.con.execute(f"describe {table}").fetchall()]
    shares = lists.con.execute(f"select {', '.join(f'count({c}) / count(*)' for c in columns)} from {table}").fetchall()
    return [column for column, share in zip(columns, shares[0], strict=True) if (share or 0) >= _PRESENT]


def _script(lists: Lists) -> Script:
    han = [
        lists.con.execute(f"select avg(regexp_matches(name, '{_HAN}')::int) from {table}").fetchall()[0][0]
        for table in lists.tables
    ]
    return Script.HAN if all(share is None or share >= 0.5 for share in han) else Script.LATIN


def _sure_keys(fields: Fields) -> list[blocking.Key]:
    """Keys in which two people rarely agree."""
    sure: Mapping[tuple[str, ...], bool] = {
        ("id",): fields.ids is not Ids.NONE,
        ("name", "birth"): fields.birth_date,
        ("name", "phone"): fields.phone,
        **{("name", text): True for text in fields.texts[:1]},
    }
    return [blocking.Key(tuple(f"{{t}}.{part}" for part in parts)) for parts, holds in sure.items() if holds]


def _prior(lists: Lists, fields: Fields) -> float:
    """How probable it is that two records taken at random are one person: from the pairs that plainly are."""
    least = "and l.row < r.row" if lists.is_one else ""
    plain = " union ".join(
        f"select l.row as a, r.row as b from {lists.left} l join {lists.right} r on {key.rule} {least}"
        for key in _sure_keys(fields)
        if blocking.count_pairs(lists, key) <= blocking.FEWEST_ALLOWED * 10
    )
    found = int(lists.con.execute(f"select count(distinct a) from ({plain})").fetchall()[0][0]) if plain else 0
    return min(max(found, 1) / 0.9 / lists.pairs, 0.2)


def _sessions(lists: Lists, fields: Fields) -> list[str]:
    """Keys to learn by: each leaves out what it agrees in, so that together they teach every comparison."""
    wanted = [("id",)] * (fields.ids is not Ids.NONE) + [("birth",)] * fields.birth_date + [("name",)]
    wanted += [("phone",)] * fields.phone
    if len(wanted) < 3:
        wanted += [(text,) for text in fields.texts]
    keys = [blocking.Key(tuple(f"{{t}}.{part}" for part in parts)) for parts in wanted]
    most = blocking.FEWEST_ALLOWED
    return [key.rule for key in keys if 0 < blocking.count_pairs(lists, key) <= most]
