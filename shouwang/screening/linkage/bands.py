"""Three bands: linked, to a person, not linked. Ambiguous is never "the first"."""

from enum import StrEnum

from shouwang.screening.linkage.linker import Lists

LINKED = 0.99
"""From this probability on a pair is linked; measured in docs/linkage.md."""
DOUBTFUL = 0.1
"""From this probability on a person decides."""
RIVAL_BITS = 6.64
"""Somebody else who is at most a hundred times less likely is a rival: then neither is linked."""


class Band(StrEnum):
    """What becomes of a pair that is not "not linked"."""

    LINKED = "linked"
    DOUBTFUL = "doubtful"


_SAME_PERSON = (
    "x.row = y.row or x.id = y.id or x.name = y.name and"
    " (x.birth = y.birth or x.phone = y.phone or damerau_levenshtein(x.id, y.id) <= 1)"
)
"""Two records of one list that are plainly one person twice: they are no rivals."""


def band(lists: Lists, scored: str, out: str) -> None:
    """Table `out`: the pairs of `scored` that are linked or doubtful, with `band` and `has_rival`."""
    rivals = (
        f"select distinct a.row_l, a.row_r from {scored} a join {scored} b on a.row_l = b.row_l"
        f" and a.row_r <> b.row_r and b.weight > a.weight - {RIVAL_BITS}"
        f" join {lists.right} x on x.row = a.row_r join {lists.right} y on y.row = b.row_r"
        f" where coalesce(not ({_SAME_PERSON}), true) and b.probability >= {DOUBTFUL}"
    )
    if lists.is_one:
        rivals += " and false"  # within one list, all records that are alike may be one person
    lists.con.execute(
        f"create or replace temp table {out} as select s.*, r.row_l is not null as has_rival,"
        f" case when s.probability >= {LINKED} and r.row_l is null then '{Band.LINKED}'"
        f" else '{Band.DOUBTFUL}' end as band"
        f" from {scored} s left join ({rivals}) r on r.row_l = s.row_l and r.row_r = s.row_r"
        f" where s.probability >= {DOUBTFUL}"
    )
