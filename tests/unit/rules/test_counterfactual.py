"""What would change a verdict: exact, nearest, and honest about what is unknown."""

import dataclasses
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules.random_trees import AGREE, conditions, households, parameter
from rules.small_policy import GREEN, VOCABULARY, small_policy
from shouwang.rules.boundaries import boundaries
from shouwang.rules.change_sentences import change_phrase, change_sentences
from shouwang.rules.counterfactual import Change, after, step_scale, what_would_change
from shouwang.rules.evaluate import truth
from shouwang.rules.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    Comparison,
    Derived,
    Figure,
    FirstKnown,
    NumberFact,
    Zero,
    walk,
)
from shouwang.rules.verdict import decide
from shouwang.rules.vocabulary import FactSpec

POLICY = small_policy()
POOR = GREEN | {"net_income": 2_000_000}
HARD = GREEN | {"rigid_spending": 934_000, "net_income": 3_169_200, "net_income_before": 3_169_200}


def fact(name):
    return NumberFact(VOCABULARY[name])


def figure(unit, text):
    return Figure(parameter(unit, Fraction(text)))


def moves(changes):
    return {change.thing.name: change_phrase(change) for change in changes}


def test_every_single_number_that_ends_a_rule():
    found = what_would_change(POLICY, HARD)
    assert [ends.rule.code for ends in found.rules] == ["sudden", "below-line"]
    assert moves(found.rules[0].changes) == {
        "burden": "近12个月刚性支出负担再低 4,340.01 元",
        "rigid_spending": "近12个月刚性支出再少 4,340.01 元",
        "insurance_claims": "近12个月理赔再多 4,340.01 元",
    }
    assert moves(found.rules[1].changes) == {
        "labour_units": "劳动力再少 2 人",
        "reference_income": "参考收入每人再高 412.00 元",
        "fresh_income": "家庭纯收入（12个月内）再高 1,648.00 元",
        "net_income": "家庭纯收入再多 1,648.00 元",
        "insurance_claims": "近12个月理赔再多 1,648.00 元",
        "rigid_spending": "近12个月刚性支出再少 1,648.00 元",
        "members": "家庭人口再少 1 人",
    }


def test_what_ends_the_warning_leaves_no_rule_true():
    found = what_would_change(POLICY, HARD)
    assert moves(found.singly) == {
        "rigid_spending": "近12个月刚性支出再少 4,340.01 元",
        "insurance_claims": "近12个月理赔再多 4,340.01 元",
    }
    assert found.together == ()


def test_smallest_list_where_no_single_number_does():
    found = what_would_change(POLICY, POOR | {"labour_lost": 1})
    assert found.singly == ()
    assert moves(found.together) == {"labour_lost": "失能成员再少 1 人", "net_income": "家庭纯收入再多 4,100.00 元"}
    changed, moved = after(found.together, POOR | {"labour_lost": 1})
    assert not any(truth(rule.when, changed, moved) for rule in POLICY.rules)


def test_two_changes_of_one_number_become_the_further():
    facts = POOR | {"labour_lost": 1, "net_income": 1_000_000, "net_income_before": 1_000_000}
    found = what_would_change(POLICY, facts)
    assert len({change.thing.name for change in found.together}) == len(found.together) == 2


def test_what_no_number_can_end():
    found = what_would_change(POLICY, GREEN | {"earner_lost": True})
    assert (found.rules[0].changes, found.singly, found.together) == ((), (), ())
    assert change_sentences(found) == ["仅靠数字变化不能解除预警"]
    assert change_sentences(found, "en") == ["No change of numbers alone ends the warning"]


def test_household_without_true_rule():
    found = what_would_change(POLICY, GREEN)
    assert (found.rules, found.singly, found.together, found.open_rules) == ((), (), (), ())
    assert change_sentences(found) == []


def test_numbers_stay_where_their_nature_allows():
    facts = POOR | {"rigid_spending": 0}
    assert "rigid_spending" not in moves(what_would_change(POLICY, facts).rules[0].changes)


def test_nobody_left_is_no_way_out():
    poorer = POOR | {"net_income": -100}
    ends = what_would_change(POLICY, poorer).rules[-1]
    assert ends.rule.code == "below-line"
    assert "members" not in moves(ends.changes)


def test_unknown_values_are_named_not_moved():
    found = what_would_change(POLICY, POOR | {"support": ["?"], "transfer_income": None})
    said = change_sentences(found)
    assert "补齐 社会救助、转移性收入 后才能判断“兜底保障”" in said
    english = change_sentences(found, "en")
    assert "“no labour” can only be judged once support, transfer income is known" in english
    assert not any("转移性收入再" in sentence for sentence in said)


def test_rule_left_open_by_its_change():
    facts = GREEN | {"labour_lost": 1, "earner_lost": None}
    found = what_would_change(POLICY, facts)
    assert change_sentences(found) == [
        "失能成员再少 1 人，则“突发风险”不再成立",
        "补齐 主要收入者去世或服刑 后才能判断“突发风险”",
        "解除预警：失能成员再少 1 人",
    ]


def test_sentences_of_all_ways_out():
    facts = POOR | {"labour_lost": 1}
    assert change_sentences(what_would_change(POLICY, facts))[-1].startswith("解除预警须同时：")
    assert change_sentences(what_would_change(POLICY, facts), "en")[-1].startswith("To end the warning, all of: ")
    assert change_sentences(what_would_change(POLICY, POOR), "en")[-1].startswith("To end the warning: ")
    assert change_sentences(what_would_change(POLICY, POOR), "en")[1] == (
        "with reference income 1,025.00 yuan/person higher, “below line” no longer holds"
    )


def test_shares_are_said_in_percent():
    share = POLICY.named("transfer_share")
    change = Change(share, Fraction(1, 2), Fraction(1, 4))
    assert change_phrase(change) == "转移性收入占比再低 25.00%"
    assert change_phrase(change, "en") == "share of transfers 25.00% lower"


def test_boundaries_of_all_arithmetic():
    x = fact("net_income")
    claims = fact("insurance_claims")
    facts = {"net_income": 100, "insurance_claims": 5_00, "register": None, "members": 2}
    half, ten = figure("份额", "0.5"), figure("元", "10")
    for left, edge in {
        Arithmetic("+", x, claims): 5,
        Arithmetic("-", claims, x): -5,
        Arithmetic("*", half, x): 20,
        Arithmetic("/", x, half): 5,
        Arithmetic("/", Arithmetic("+", x, claims), fact("members")): 15,
    }.items():
        assert boundaries(Comparison("<", left, ten), "net_income", facts) == {edge}


def test_boundaries_only_where_linear_and_known():
    x = fact("net_income")
    square = Arithmetic("*", x, Arithmetic("/", x, figure("元", "1")))
    facts = {"net_income": 100}
    assert boundaries(Comparison("<", square, Zero()), "net_income", facts) == set()
    assert boundaries(Comparison("<", x, fact("insurance_claims")), "net_income", facts) == set()
    assert boundaries(Comparison("<", fact("insurance_claims"), x), "net_income", facts) == set()
    assert boundaries(Comparison("<", Arithmetic("+", x, fact("members")), x), "net_income", facts) == set()
    limit = POLICY.named("limit")
    assert boundaries(Comparison("<", x, limit), "net_income", facts) == set()
    assert boundaries(Comparison("<", x, limit), "net_income", facts | {"register": "exited"}) == {5000}
    assert boundaries(Comparison("<", limit, Zero()), "limit", facts) == {0}


def test_step_that_is_not_the_nearest_is_walked_back():
    """Squares have no linear boundary of their own; the way to another boundary is searched for the turn."""
    x = fact("net_income")
    square = Arithmetic("*", x, Arithmetic("/", x, figure("元", "1")))
    never = AllOf((Comparison(">", x, figure("元", "20")), Comparison("<", x, Zero())))
    when = AnyOf((Comparison(">", square, figure("元", "2500")), never))
    changes = nearest(when, {"net_income": 600_000})
    assert [change.to for change in changes] == [50]


def nearest(when, facts):
    rule = dataclasses.replace(POLICY.rule("sudden"), when=when)
    found = what_would_change(dataclasses.replace(POLICY, rules=(rule,)), facts)
    return found.rules[0].changes if found.rules else ()


def test_list_that_makes_another_rule_true_is_none():
    x, y, line = fact("net_income"), fact("insurance_claims"), figure("元", "100")
    both_low = AllOf((Comparison("<=", x, line), Comparison("<=", y, line)))
    sudden = POLICY.rule("sudden")
    rules = tuple(
        dataclasses.replace(sudden, code=code, when=when)
        for code, when in {"a": Comparison(">", x, line), "b": Comparison(">", y, line), "c": both_low}.items()
    )
    found = what_would_change(
        dataclasses.replace(POLICY, rules=rules), {"net_income": 15_000, "insurance_claims": 15_000}
    )
    assert (found.singly, found.together) == ((), ())


def test_curved_rule_has_no_nearest_value():
    x = fact("net_income")
    square = Arithmetic("*", x, Arithmetic("/", x, figure("元", "1")))
    assert nearest(Comparison(">", square, figure("元", "2500")), {"net_income": 600_000}) == ()


def test_unknown_part_of_a_known_value_is_not_moved():
    when = Comparison("<", FirstKnown(fact("insurance_claims"), fact("net_income")), figure("元", "50"))
    assert moves(nearest(when, {"net_income": 0})) == {"net_income": "家庭纯收入再多 50.00 元"}


def test_changes_that_pull_apart_do_not_go_together():
    x = fact("net_income")
    high = dataclasses.replace(POLICY.rule("sudden"), when=Comparison(">", x, figure("元", "100")))
    low = dataclasses.replace(POLICY.rule("sudden"), code="low", when=Comparison("<", x, figure("元", "200")))
    found = what_would_change(dataclasses.replace(POLICY, rules=(high, low)), {"net_income": 15_000})
    assert [moves(ends.changes) for ends in found.rules] == [
        {"net_income": "家庭纯收入再少 50.00 元"},
        {"net_income": "家庭纯收入再多 50.00 元"},
    ]
    assert (found.singly, found.together) == ((), ())


@AGREE
@given(node=conditions(3), seed=st.integers(0, 10_000))
def test_change_ends_the_rule_and_one_step_less_does_not(node, seed):
    for facts in households(seed, 12, unknown=0.05):
        for change in nearest(node, facts):
            assert truth(node, *after([change], facts)) is not True
            check_one_step_less(node, change, facts)
            check_within_nature(change)


def check_one_step_less(node, change, facts):
    step = Fraction(1 if change.rises else -1, step_scale(change.thing))
    less = change.to - step
    if (less > change.now) is not change.rises or less == change.now:
        return
    changed, moved = after([Change(change.thing, change.now, less)], facts)
    known = [n for n in walk(node) if isinstance(n, Comparison) and truth(n, facts) is not None]
    ended = truth(node, changed, moved) is not True
    assert not (ended and all(truth(one, changed, moved) is not None for one in known))


def check_within_nature(change):
    assert change.by > 0
    if isinstance(change.thing, FactSpec):
        assert (change.to * change.thing.scale).denominator == 1
        assert change.thing.minimum is None or change.to * change.thing.scale >= change.thing.minimum
    else:
        assert isinstance(change.thing, Derived)


@pytest.mark.parametrize("seed", range(3))
def test_ways_out_of_the_small_policy(seed):
    for facts in households(seed, 20, unknown=0.05):
        found = what_would_change(POLICY, facts)
        assert bool(found.rules) is bool(decide(POLICY, facts).reasons)
        for way in (*((change,) for change in found.singly), *filter(None, [found.together])):
            changed, moved = after(way, facts)
            assert not any(truth(rule.when, changed, moved) for rule in POLICY.rules)
