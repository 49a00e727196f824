"""DuckDB must give what the plain reference gives: truths, texts, sentences, nulls included."""

from functools import cache

import duckdb
import ibis
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from rules.random_trees import AGREE, UNITS, conditions, derived, households, numbers, table_of
from rules.small_policy import VOCABULARY, small_policy
from shouwang.rules import engine, sentences
from shouwang.rules.display import number_shown, number_text, value_text
from shouwang.rules.engine_numbers import ratio
from shouwang.rules.engine_text import number_shown as engine_shown
from shouwang.rules.engine_text import number_text as engine_text
from shouwang.rules.evaluate import number, truth
from shouwang.rules.policy import Rule, Variant
from shouwang.rules.verdict import decide
from shouwang.terms.level import Level

SEEDS = st.integers(0, 10_000)


@cache
def duckdb_engine():
    return ibis.duckdb.connect()


def columns(rows, make):
    """The columns `make(table)` gives, reckoned by DuckDB."""
    connection = duckdb_engine()
    connection.con.register("facts", table_of(rows))
    table = connection.table("facts")
    try:
        return connection.to_pyarrow(table.select(**make(table))).to_pydict()
    except duckdb.OutOfRangeException:
        reject()  # a random tree may multiply beyond 64 bits; the engine says so and does not go wrong


def rule_of(when, *variants):
    return Rule("r", Level.III, "某规则", "some rule", None, None, "made up", "reading", "", when, variants)


@AGREE
@given(node=conditions(3), seed=SEEDS)
def test_truth_of_random_trees(node, seed):
    rows = households(seed, 60)
    found = columns(rows, lambda table: {"truth": engine.truth(node, table)})
    assert found["truth"] == [truth(node, row) for row in rows]


@AGREE
@given(node=st.sampled_from(UNITS).flatmap(lambda unit: numbers(unit, 2).map(lambda n: derived(unit, n))), seed=SEEDS)
def test_text_of_random_numbers(node, seed):
    rows = households(seed, 60)

    def make(table):
        value = ratio(node, table, engine.truth)
        return {"text": engine_text(value, node.unit), "shown": engine_shown(value, node.unit)}

    found = columns(rows, make)
    assert found["text"] == [value_text(node, row) for row in rows]
    values = [number(node, row) for row in rows]
    assert found["shown"] == [None if v is None else number_shown(v, node.unit) for v in values]
    assert [None if v is None else number_text(v, node.unit) for v in values] == found["text"]


@AGREE
@given(node=conditions(2), variant=conditions(1), lang=st.sampled_from(["zh", "en"]), seed=SEEDS)
def test_sentence_of_random_trees(node, variant, lang, seed):
    third = Variant("w", "又一变体", "another", node)
    rule = rule_of(node, Variant("v", "变体", "variant", variant), third, Variant("other", "其余", "other", None))
    rows = [row for row in households(seed, 60) if truth(node, row)]
    if not rows:
        return
    found = columns(rows, lambda table: {"said": engine.rule_sentence(small_policy(), rule, table, lang)})
    assert found["said"] == [sentences.rule_sentence(small_policy(), rule, row, lang) for row in rows]


@pytest.fixture(scope="module")
def known():
    """Many households, and everything DuckDB says of them by the small policy."""
    policy, rows = small_policy(), households(7, 500)

    def make(table):
        made = {f"rule {rule.code}": engine.truth(rule.when, table) for rule in policy.rules}
        made |= {f"sign {sign.code}": engine.truth(sign.condition, table) for sign in policy.signs}
        made |= {"green": engine.truth(policy.green, table), "watched": engine.truth(policy.watched, table)}
        names = (*VOCABULARY.names, *(one.name for one in policy.derived))
        made |= {f"text {name}": engine.value_text(policy, name, table) for name in names}
        for lang in ("zh", "en"):
            made |= {f"{lang} {r.code}": engine.rule_sentence(policy, r, table, lang) for r in policy.rules}
            made[f"{lang} unverified"] = engine.unverified_sentence(policy, table, lang)
        return made

    return rows, columns(rows, make)


def test_policy_truths(known):
    rows, found = known
    policy = small_policy()
    for rule in policy.rules:
        assert found[f"rule {rule.code}"] == [truth(rule.when, row) for row in rows]
    for sign in policy.signs:
        assert found[f"sign {sign.code}"] == [truth(sign.condition, row) for row in rows]
    assert found["green"] == [truth(policy.green, row) for row in rows]
    assert found["watched"] == [truth(policy.watched, row) for row in rows]


def test_policy_texts(known):
    rows, found = known
    policy = small_policy()
    for name in (*VOCABULARY.names, *(one.name for one in policy.derived)):
        assert found[f"text {name}"] == [value_text(policy.named(name), row) for row in rows]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_policy_sentences(known, lang):
    rows, found = known
    policy = small_policy()
    for i, row in enumerate(rows):
        for reason in decide(policy, row).reasons:
            said = sentences.rule_sentence(policy, policy.rule(reason.rule), row, lang)
            assert found[f"{lang} {reason.rule}"][i] == said
        assert found[f"{lang} unverified"][i] == sentences.unverified_sentence(policy, row, lang)
