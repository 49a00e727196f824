"""Three bands: linked, to a person, not linked. Ambiguous is never "the first"."""

from enum import StrEnum

import duckdb

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


def band(lists: Lists, scored: str, out: str, *, names_differ: str) -> None:
    """Table `out`: the pairs of `scored` that are linked or doubtful, with `band` and `has_rival`.

    `names_differ`: a condition under which a pair is at most doubtful.
    """
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
        f" case when s.probability >= {LINKED} and r.row_l is null and not ({names_differ}) then '{Band.LINKED}'"
        f" else '{Band.DOUBTFUL}' end as band"
        f" from {scored} s left join ({rivals}) r on r.row_l = s.row_l and r.row_r = s.row_r"
        f" where s.probability >= {DOUBTFUL}"
    )


NOBODY_SOUND, NOBODY_UNSOUND, NOBODY_CUT = 0.5, 0.02, 0.1
"""How often a row that leads to nobody is about somebody no key leads to, mostly outside the register: where its id is
sound; where it is not; where hardly anything is left of it. Our reading."""
LEAST_LINKED = 0.9
"""A pair that is less probable by itself is not linked, even where there is nobody else."""
MOST_SHOWN = 5
"""Candidates a person is shown for one row."""
LEAST_SHOWN = 0.05
TO_A_PERSON = 0.5
"""A row goes to a person where it is likelier than not that it is about one of the candidates shown."""


def settle(con: duckdb.DuckDBPyConnection, scored: str, out: str, *, names_differ: str) -> None:
    """Table `out`: for each row of `left_people` with candidates, the one it is linked to, or those a person is shown.

    A row is about one person at most, so its candidates share the probability with each other and with nobody.
    Shape: the columns of `scored`, `share`, `place` (1 = likeliest) and `band`.
    """
    nobody = f"case when l.id_sound then {NOBODY_SOUND} when l.id is null then {NOBODY_CUT} else {NOBODY_UNSOUND} end"
    con.execute(
        f"create or replace temp table {out} as with weighed as ("
        f"select s.*, {nobody} as nobody, (1 - nobody) * pow(2, least(s.weight, 300)) as odds"
        f" from {scored} s join left_people l on l.row = s.row_l),"
        " shared as (select * exclude (odds, nobody), odds / (sum(odds) over (partition by row_l) + nobody) as share,"
        " row_number() over (partition by row_l order by odds desc, row_r) as place from weighed),"
        f" judged as (select *, bool_or(share >= {LINKED} and probability >= {LEAST_LINKED} and not ({names_differ}))"
        " over (partition by row_l)"
        " as is_linked, sum(share) filter"
        f" (where place <= {MOST_SHOWN} and share >= {LEAST_SHOWN}) over (partition by row_l) as shown from shared)"
        f" select * exclude (shown, is_linked), if(is_linked, '{Band.LINKED}', '{Band.DOUBTFUL}') as band"
        " from judged where is_linked and place = 1"
        f" or not is_linked and shown >= {TO_A_PERSON} and place <= {MOST_SHOWN} and share >= {LEAST_SHOWN}"
    )
