"""Which pairs are looked at at all: those that agree in some key. One that leads to too many pairs is narrowed."""

from dataclasses import dataclass

from shouwang.screening.linkage.fields import Fields, Ids, Script
from shouwang.screening.linkage.linker import Lists

MOST_PAIRS_PER_ROW = 4
FEWEST_ALLOWED = 2_000_000
"""So many pairs are always looked at, however short the lists."""


@dataclass(frozen=True)
class Key:
    """Records are compared where all these expressions of a record (`{t}`) agree on both sides."""

    parts: tuple[str, ...]
    also: str = ""
    """What must hold of the pair (`l`, `r`) besides."""

    @property
    def rule(self) -> str:
        same = [f"{part.format(t='l')} = {part.format(t='r')}" for part in self.parts]
        return " and ".join([*same, self.also] if self.also else same)

    def with_part(self, part: str) -> "Key":
        return Key((*self.parts, part), self.also)


def _key(*parts: str) -> Key:
    return Key(tuple(part if "{" in part else f"{{t}}.{part}" for part in parts))


_YEAR, _INITIAL = "left({t}.birth, 4)", "left({t}.characters, 1)"
_NARROWER = (_YEAR, _INITIAL, "{t}.sex")
_ID_KEYS = (
    _key("left({t}.id, 14)"),
    _key("right({t}.id, 9)"),
    _key("left({t}.id, 9)", "right({t}.id, 4)"),
    _key("left(coalesce({t}.id, {t}.id_head), 14)", "name"),
)
"""One wrong, missing or swapped digit of eighteen leaves one of the first three whole."""


def keys(fields: Fields) -> list[Key]:
    """The keys these fields allow, the sharpest first."""
    found = [_key("id")] if fields.ids is not Ids.NONE else []
    found += _ID_KEYS if fields.ids is Ids.CITIZEN else ()
    found += [_key("phone")] if fields.phone else []
    found += [_key("name"), _key("characters")]
    found += [_key("sound")] if fields.script is Script.HAN else []
    if fields.birth_date:
        found += [_key("birth")]
        found += [_key("left({t}.birth, 6)")] if fields.ids is not Ids.CITIZEN else []
    found += [_key("head", _INITIAL)] if fields.head else []
    found += [_key(column) for column in fields.texts]
    found += [_key(column, _INITIAL) for column in fields.texts]
    return found


def affordable(lists: Lists, wanted: list[Key]) -> list[Key]:
    """The keys, narrowed by birth year, first character and sex where they lead to too many pairs, or left out."""
    rows = sum(lists.rows(table) for table in lists.tables)
    most = max(FEWEST_ALLOWED, MOST_PAIRS_PER_ROW * rows)
    kept: list[Key] = []
    for key in wanted:
        narrowed = _narrowed(lists, key, most)
        if narrowed and narrowed not in kept:
            kept.append(narrowed)
    return kept


def _narrowed(lists: Lists, key: Key, most: int) -> Key | None:
    if count_pairs(lists, key) <= most:
        return key
    for part in _NARROWER:
        if part not in key.parts:
            key = key.with_part(part)
            if count_pairs(lists, key) <= most:
                return key
    return None


def count_pairs(lists: Lists, key: Key) -> int:
    """How many pairs agree in the key."""
    counts = []
    for table in (lists.left, lists.right):
        parts = ", ".join(f"{part.format(t='t')} as k{n}" for n, part in enumerate(key.parts))
        counts.append(f"(select count(*)::hugeint as n, {parts} from {table} t group by all)")
    same = " and ".join(f"a.k{n} = b.k{n}" for n in range(len(key.parts)))
    found = lists.con.execute(f"select sum(a.n * b.n) from {counts[0]} a join {counts[1]} b on {same}").fetchall()
    return int(found[0][0] or 0)
