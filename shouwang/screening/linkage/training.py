"""The figures of a model from pairs whose truth is known: how often each level is seen, level by level."""

from collections.abc import Iterable

import duckdb

from shouwang.screening.linkage.comparisons import Comparison
from shouwang.screening.linkage.model import RAREST

SOFTENING = 0.5
"""Added to every count: a level nobody has seen is rare, not impossible."""
OWN_WEIGHT = 0.95
"""How much what was counted among pairs of one person weighs beside our reading: no city has every kind of slip."""
FEWEST = 50
"""Of fewer pairs nothing is learnt."""


def from_truth(
    con: duckdb.DuckDBPyConnection, comparisons: Iterable[Comparison], *, same: str, different: str
) -> dict[str, dict[str, tuple[float, float]]]:
    """Comparison → level → (m, u), counted over pairs of `left_people` and `right_people`.

    `same`, `different`: tables of pairs (row_l, row_r).
    """
    figures: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in comparisons:
        m, u = (_shares(con, comparison, pairs) for pairs in (same, different))
        figures[comparison.key] = {
            level.key: (
                round(OWN_WEIGHT * m.get(level.key, level.m) + (1 - OWN_WEIGHT) * level.m, 6),
                round(max(u.get(level.key, level.u), RAREST), 9),
            )
            for level in comparison.levels
        }
    return figures


def _shares(con: duckdb.DuckDBPyConnection, comparison: Comparison, pairs: str) -> dict[str, float]:
    """How often each level is seen among the pairs of which the comparison says something; nothing if too few."""
    whens = [f"when {comparison.silent} then null"]
    whens += [f"when {level.sql} then '{level.key}'" for level in comparison.levels if level.sql != "ELSE"]
    level = f"case {' '.join(whens)} else '{comparison.levels[-1].key}' end"
    counted = dict(
        con.execute(
            f"select {level} as level, count(*) from (select {_both(con)} from {pairs} p"
            " join left_people l on l.row = p.row_l join right_people r on r.row = p.row_r) group by 1"
        ).fetchall()
    )
    counted.pop(None, None)
    if sum(counted.values()) < FEWEST:
        return {}
    total = sum(counted.values()) + SOFTENING * len(comparison.levels)
    return {one.key: (counted.get(one.key, 0) + SOFTENING) / total for one in comparison.levels}


def _both(con: duckdb.DuckDBPyConnection) -> str:
    columns = [row[0] for row in con.execute("describe left_people").fetchall() if row[0] != "row"]
    return ", ".join(f"{side}.{column} as {column}_{side}" for side in "lr" for column in columns)
