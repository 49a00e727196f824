"""What officials read of our own policy: nothing that is known is called unknown, and no way out is bad advice."""

import ibis
import pyarrow as pa

from shouwang.policy import load
from shouwang.rules import engine, sentences
from shouwang.rules.change_sentences import change_sentences
from shouwang.rules.counterfactual import what_would_change

POLICY = load("kunming-2020")
SPENT = {"medical_spending": 100_00, "school_spending": 0, "disaster_loss": 0, "accident_spending": 0}
WELL = SPENT | {
    "register": "exited", "members": 4, "labour_units": 2, "net_income": 40_000_00, "net_income_before": 40_000_00,
    "income_age_months": 9, "insurance_claims": 0, "expected_spending": 0, "labour_lost": 0, "earner_lost": False,
    "out_of_school": 0, "uninsured_members": 0, "water_safe": True, "fed_and_clothed": True, "guarantee_days": 0,
    "support": [],
}  # fmt: skip


def said(facts):
    return sentences.unverified_sentence(POLICY, facts)


def said_by_engine(facts):
    columns = {spec.name: pa.array([facts.get(spec.name)], TYPES[spec.kind]) for spec in POLICY.vocabulary}
    table = ibis.memtable(pa.table(columns))
    return (
        ibis.duckdb.connect().to_pyarrow(table.select(s=engine.unverified_sentence(POLICY, table))).column(0)[0].as_py()
    )


TYPES = {"number": pa.int64(), "yes_no": pa.bool_(), "category": pa.string(), "set": pa.list_(pa.string())}


def test_spending_known_by_its_parts_is_not_called_unknown():
    assert said(WELL) == said_by_engine(WELL) == "待核实：未知：住房等级"


def test_parts_are_not_called_unknown_where_the_total_is_known():
    facts = {k: v for k, v in WELL.items() if k not in SPENT} | {"rigid_spending": 100_00}
    assert said(facts) == said_by_engine(facts) == "待核实：未知：住房等级"


def test_an_unknown_part_is_named_where_the_total_hangs_on_it():
    facts = WELL | {"school_spending": None, "housing_grade": "A"}
    assert said(facts) == said_by_engine(facts) == "待核实：未知：就学自付"


def test_a_change_that_sets_off_another_rule_says_so():
    poor = WELL | {"net_income": 20_000_00, "net_income_before": 20_000_00, "housing_grade": "A"}
    told = change_sentences(what_would_change(POLICY, poor))
    assert "劳动力再少 1 人，则“收入不足”不再成立（但“兜底保障”随之成立）" in told
    in_english = change_sentences(what_would_change(POLICY, poor), "en")
    assert any("then does)" in sentence for sentence in in_english)


def test_what_no_help_can_bring_is_no_way_out():
    fallen = WELL | {"net_income": 20_000_00, "net_income_before": 60_000_00, "housing_grade": "A"}
    told = change_sentences(what_would_change(POLICY, fallen))
    assert any("家庭纯收入再多" in sentence for sentence in told)
    assert not any("家庭人口再" in sentence or "上年同期家庭纯收入再" in sentence for sentence in told)
