"""The linker: Splink on a DuckDB connection. One for the screening and for lists that people compare."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import duckdb

from shouwang.screening.linkage.comparisons import Comparison, as_splink
from shouwang.screening.linkage.model import RAREST, Model

SEED = 20200630
PAIRS_FOR_U = 1_000_000
OWN_WEIGHT = 0.99
"""How much a figure learnt from the lists counts beside our reading of it: no level is ever impossible."""


class Lists:
    """Two tables of people in compared forms on one connection; the same table twice is one list within itself."""

    def __init__(self, con: duckdb.DuckDBPyConnection, left: str, right: str) -> None:
        self.con, self.left, self.right = con, left, right

    @property
    def is_one(self) -> bool:
        return self.left == self.right

    @property
    def tables(self) -> tuple[str, ...]:
        return (self.left,) if self.is_one else (self.left, self.right)

    def rows(self, table: str) -> int:
        return int(self.con.execute(f"select count(*) from {table}").fetchall()[0][0])

    @property
    def pairs(self) -> int:
        """How many pairs of records there are."""
        rows = self.rows(self.left)
        return max(1, rows * (rows - 1) // 2 if self.is_one else rows * self.rows(self.right))


@contextmanager
def _splink(
    lists: Lists, comparisons: list[Comparison], rules: list[str], *, prior: float, frequencies: bool
) -> Iterator[Any]:
    """A Splink linker over the lists; its tables are gone afterwards."""
    from splink import Linker, SettingsCreator
    from splink.backends.duckdb import DuckDBAPI

    logging.getLogger("splink").setLevel(logging.ERROR)
    api = DuckDBAPI(lists.con)
    settings = SettingsCreator(
        link_type="dedupe_only" if lists.is_one else "link_only",
        comparisons=[as_splink(c, with_frequencies=frequencies) for c in comparisons],
        blocking_rules_to_generate_predictions=rules,
        probability_two_random_records_match=prior,
        unique_id_column_name="row",
        retain_matching_columns=True,
        retain_intermediate_calculation_columns=True,
    )
    linker = Linker([api.register(table) for table in lists.tables], settings, log_level=None)
    try:
        yield linker
    finally:
        linker.table_management.invalidate_cache()
        api.delete_tables_created_by_splink_from_db()


def train(lists: Lists, comparisons: list[Comparison], sessions: list[str], *, prior: float) -> Model:
    """The figures these lists tell: u from random pairs, m by expectation maximisation, both with a fixed seed."""
    with _splink(lists, comparisons, sessions, prior=prior, frequencies=False) as linker:
        training = linker.training
        training.estimate_u_using_random_sampling(
            max_pairs=PAIRS_FOR_U, seed=SEED, min_count_per_level=None, num_chunks=1
        )
        for rule in sessions:
            training.estimate_parameters_using_expectation_maximisation(rule, estimate_without_term_frequencies=True)
        learnt = linker.misc.save_model_to_json()
    return Model(prior, _figures(comparisons, learnt))


def _figures(comparisons: list[Comparison], learnt: dict[str, Any]) -> dict[str, dict[str, tuple[float, float]]]:
    """What was learnt, softened by our reading; what was not seen keeps our reading."""
    told = {
        (c["output_column_name"], level["label_for_charts"]): level
        for c in learnt["comparisons"]
        for level in c["comparison_levels"]
    }
    figures: dict[str, dict[str, tuple[float, float]]] = {}
    for comparison in comparisons:
        of = figures.setdefault(comparison.key, {})
        for level in comparison.levels:
            found = told[comparison.key, level.key]
            m, u = found.get("m_probability", level.m), found.get("u_probability", level.u)
            of[level.key] = (_softened(m, level.m), max(_softened(u, level.u) if u > 0.01 else u, RAREST))
    return figures


def _softened(learnt: float, ours: float) -> float:
    return round(OWN_WEIGHT * learnt + (1 - OWN_WEIGHT) * ours, 9)


def score(
    lists: Lists, comparisons: list[Comparison], rules: list[str], out: str, *, prior: float, least: float,
    frequencies: bool | dict[str, str],
) -> None:  # fmt: skip
    """Table `out`: every pair the rules lead to whose probability is at least `least`.

    `frequencies`: whether frequent values say less, by how often the lists have them; or column → a table of how often
    each value is seen (`tf_<column>`).

    Shape: row_l, row_r, probability, weight (log2 of the odds), and for each comparison `level_<key>` and
    `weight_<key>` (what it adds to the weight).
    """
    with _splink(lists, comparisons, rules, prior=prior, frequencies=bool(frequencies)) as linker:
        if isinstance(frequencies, dict):
            for column, table in frequencies.items():
                linker.table_management.register_term_frequency_lookup(linker._db_api.register(table), column)
        found = linker.inference.predict(threshold_match_probability=least, warning_mode="never").physical_name
        columns = {row[0] for row in lists.con.execute(f"describe {found}").fetchall()}
        told = []
        for c in comparisons:
            added = [name for name in (f"mw_{c.key}", f"mw_tf_adj_{c.key}") if name in columns]
            told += [f"gamma_{c.key} as level_{c.key}", f"round({' + '.join(added)}, 3) as weight_{c.key}"]
        lists.con.execute(
            f"create or replace temp table {out} as select row_l, row_r, match_probability as probability,"
            f" match_weight as weight, {', '.join(told)} from {found}"
        )
