"""A visit is spent where it can change most."""

from shouwang.office.warnings.ranking import NO_RULE, ranked, unknown_facts
from shouwang.policy import load

POLICY = load("kunming-2020")


def row(number, signs=1, members=4):
    return {"household_id": f"H{number}", "signs": ["x"] * signs, "members": members}


def order(rows, rules, sentences=None, policy=POLICY):
    found = ranked(rows, open_rules=rules, sentences=sentences or {}, policy=policy)
    return [one.row["household_id"] for one in found]


def test_worst_possible_level_comes_first():
    rules = {"H1": ["below-line"], "H2": ["sudden-hardship", "fallen-poor"], "H3": ["no-labour"], "H4": []}
    assert order([row(n) for n in (1, 2, 3, 4)], rules) == ["H2", "H3", "H1", "H4"]


def test_more_signs_then_fewer_unknowns_then_more_people():
    sentences = {
        "H1": "待核实：未知：甲、乙",
        "H2": "待核实：未知：甲",
        "H3": "待核实：未知：甲",
        "H4": "待核实：未知：甲",
    }
    rows = [row(1), row(2, members=2), row(3, members=5), row(4, signs=2)]
    assert order(rows, {}, sentences) == ["H4", "H3", "H2", "H1"]


def test_where_nobody_is_known_to_live_comes_last():
    rules = {"H1": ["fallen-poor"], "H2": ["below-line"], "H3": []}
    assert order([row(1, signs=3, members=0), row(2), row(3)], rules) == ["H2", "H3", "H1"]


def test_unknown_facts_are_those_the_sentence_lists():
    assert unknown_facts("待核实：迹象：贷款逾期；未知：不愁吃穿、家庭纯收入") == ("不愁吃穿", "家庭纯收入")
    assert unknown_facts("待核实：迹象：贷款逾期") == ()


def test_without_the_policy_no_rule_is_known_to_be_open():
    (only,) = ranked([row(1)], open_rules={}, sentences={}, policy=None)
    assert only.could_be == NO_RULE
