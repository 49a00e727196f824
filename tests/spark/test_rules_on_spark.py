"""Spark must give what the plain reference gives, over random trees and over the small policy."""

import sys
from pathlib import Path

import ibis
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "unit"))

from rules.random_trees import conditions, households, numbers, table_of
from rules.small_policy import VOCABULARY, small_policy

from shouwang.rules import engine, sentences
from shouwang.rules.display import number_text as plain_text
from shouwang.rules.display import value_text
from shouwang.rules.engine_numbers import ratio
from shouwang.rules.engine_text import number_text
from shouwang.rules.evaluate import number, truth
from shouwang.rules.verdict import decide

pytestmark = pytest.mark.spark
ROWS = households(11, 300)
BATCH = 12
FEW = settings(max_examples=2, derandomize=True, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    session = (
        sql.SparkSession.builder.master("local[2]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate()
    )
    yield session
    session.stop()


@pytest.fixture(scope="module")
def columns(spark, tmp_path_factory):
    """The columns `make(table)` gives, reckoned by Spark."""
    path = tmp_path_factory.mktemp("facts") / "facts.parquet"
    pq.write_table(table_of(ROWS), path)
    connection = ibis.pyspark.connect(spark)
    table = connection.read_parquet(path)

    def reckoned(make):
        made = make(table)
        rows = spark.sql(connection.compile(table.select(**made))).collect()
        return {name: [row[name] for row in rows] for name in made}

    return reckoned


def test_truth_of_random_trees(columns):
    @FEW
    @given(st.lists(conditions(3), min_size=BATCH, max_size=BATCH))
    def agree(nodes):
        found = columns(lambda table: {f"c{i}": engine.truth(node, table) for i, node in enumerate(nodes)})
        for i, node in enumerate(nodes):
            assert found[f"c{i}"] == [truth(node, row) for row in ROWS]

    agree()


def test_text_of_random_numbers(columns):
    @FEW
    @given(st.lists(numbers("元/人", 2), min_size=BATCH, max_size=BATCH))
    def agree(nodes):
        def make(table):
            return {f"c{i}": number_text(ratio(node, table, engine.truth), "元/人") for i, node in enumerate(nodes)}

        found = columns(make)
        for i, node in enumerate(nodes):
            values = [number(node, row) for row in ROWS]
            assert found[f"c{i}"] == [None if v is None else plain_text(v, "元/人") for v in values]

    agree()


def test_policy_truths_and_texts(columns):
    policy = small_policy()
    names = (*VOCABULARY.names, *(one.name for one in policy.derived))

    def make(table):
        made = {f"r{i}": engine.truth(rule.when, table) for i, rule in enumerate(policy.rules)}
        return made | {f"t{i}": engine.value_text(policy, name, table) for i, name in enumerate(names)}

    found = columns(make)
    for i, rule in enumerate(policy.rules):
        assert found[f"r{i}"] == [truth(rule.when, row) for row in ROWS]
    for i, name in enumerate(names):
        assert found[f"t{i}"] == [value_text(policy.named(name), row) for row in ROWS]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_policy_sentences(columns, lang):
    policy = small_policy()

    def make(table):
        made = {rule.code: engine.rule_sentence(policy, rule, table, lang) for rule in policy.rules}
        return made | {"unverified": engine.unverified_sentence(policy, table, lang)}

    found = columns(make)
    for i, row in enumerate(ROWS):
        for reason in decide(policy, row).reasons:
            said = sentences.rule_sentence(policy, policy.rule(reason.rule), row, lang)
            assert found[reason.rule][i] == said
        assert found["unverified"][i] == sentences.unverified_sentence(policy, row, lang)
