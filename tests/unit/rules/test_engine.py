"""The engine's expressions where the agreement tests do not reach: dates, sources, missing columns, plain refusals."""

from datetime import date
from fractions import Fraction

import ibis
import pyarrow as pa
import pytest

from rules.random_trees import parameter
from rules.small_policy import VOCABULARY, small_policy
from shouwang.rules import engine
from shouwang.rules.engine_numbers import ratio
from shouwang.rules.engine_sentences import is_unknown
from shouwang.rules.engine_text import number_text
from shouwang.rules.tree import (
    Arithmetic,
    Choice,
    Comparison,
    Derived,
    Figure,
    FirstKnown,
    NumberFact,
    Setting,
    Zero,
)
from shouwang.terms.errors import ProgrammingError

POLICY = small_policy()
DAY, EARLIER = date(2020, 5, 31), date(2020, 4, 30)


def answer(expression):
    return ibis.duckdb.connect().to_pyarrow(expression).to_pylist()


def table(**columns):
    return ibis.memtable(pa.table(columns))


def figure(unit, text):
    return Figure(parameter(unit, Fraction(text)))


def test_dates_are_those_of_the_oldest_input():
    facts = table(
        net_income__as_of=pa.array([DAY, DAY, None], pa.date32()),
        members__as_of=pa.array([EARLIER, None, None], pa.date32()),
    )
    assert answer(engine.as_of_expr(POLICY, "members", facts)) == [EARLIER, None, None]
    assert answer(engine.as_of_expr(POLICY, "reference_income", facts)) == [EARLIER, DAY, None]
    assert answer(engine.as_of_expr(POLICY, "fresh_income", facts)) == [DAY, DAY, None]
    assert answer(facts.select(x=engine.as_of_expr(POLICY, "monitoring_line", facts)).x) == [None] * 3


def test_source_of_a_derived_fact_is_computed():
    facts = table(net_income__source=["医保局", None])
    assert answer(engine.source_expr(POLICY, "net_income", facts)) == ["医保局", None]
    assert answer(facts.select(x=engine.source_expr(POLICY, "burden", facts)).x) == ["computed"] * 2


def test_missing_columns_are_unknown():
    facts = table(household_id=[1])
    made = {rule.code: engine.truth(rule.when, facts) for rule in POLICY.rules}
    made |= {sign.code: engine.truth(sign.condition, facts) for sign in POLICY.signs}
    made |= {name: engine.value_text(POLICY, name, facts) for name in VOCABULARY.names}
    assert set(answer(facts.select(**made))[0].values()) == {None}
    said = engine.unverified_sentence(POLICY, facts)
    assert answer(facts.select(said=said).said)[0].startswith("待核实：未知：参考") is False


def test_divisor_never_above_zero_is_unknown():
    facts = table(members=[4])
    members = NumberFact(VOCABULARY["members"])
    for divisor in (Zero(), figure("份额", "-1"), Arithmetic("*", figure("份额", "0"), members)):
        never = Arithmetic("/", members, divisor)
        assert answer(facts.select(x=engine.truth(Comparison("==", never, never), facts)).x) == [None]


def test_divisor_below_zero_by_its_factor():
    facts = table(members=[4, -4])
    members = NumberFact(VOCABULARY["members"])
    node = Arithmetic("/", figure("人", "8"), Arithmetic("*", figure("份额", "-1"), members))
    assert answer(number_text(ratio(node, facts, engine.truth), "人")) == [None, "2"]


def test_choice_of_large_figures_is_not_reckoned_in_32_bits():
    facts = table(register=["exited", "general"], net_income=[1, 1])
    branches = tuple((label, figure("元", "50000000")) for label in ("exited", "registered", "general"))
    big = Choice(VOCABULARY["register"], branches)
    income = NumberFact(VOCABULARY["net_income"])
    assert answer(engine.truth(Comparison("<", income, big), facts)) == [True, True]


def test_negative_figures_add_up():
    facts = table(net_income=[100])
    income, minus = NumberFact(VOCABULARY["net_income"]), figure("份额", "-1")
    negative = Arithmetic("*", minus, income)
    for node, text in {
        Arithmetic("+", negative, negative): "-2.00",
        Arithmetic("+", negative, income): "0.00",
        Arithmetic("-", negative, income): "-2.00",
        Arithmetic("-", income, negative): "2.00",
        Arithmetic("-", figure("元", "3"), figure("元", "5")): "-2.00",
        FirstKnown(figure("元", "7"), income): "7.00",
    }.items():
        value = number_text(ratio(node, facts, engine.truth), "元")
        assert answer(facts.select(x=value).x) == [text]


def test_ratios_with_denominators_of_their_own():
    facts = table(net_income=[600], members=[2], labour_units=[6], refusals=[None], register=["exited"])
    facts = facts.mutate(refusals=facts.refusals.cast("int64"))
    income, members = NumberFact(VOCABULARY["net_income"]), NumberFact(VOCABULARY["members"])
    labour, refusals = NumberFact(VOCABULARY["labour_units"]), NumberFact(VOCABULARY["refusals"])
    each, other, line = Arithmetic("/", income, members), Arithmetic("/", income, labour), figure("元/人", "10")
    unknown = Arithmetic("/", income, refusals)
    for node, text in {
        Arithmetic("+", each, other): "5.00",
        Arithmetic("-", each, other): "1.00",
        Arithmetic("+", each, each): "6.00",
        Arithmetic("-", line, each): "7.00",
        Arithmetic("/", income, each): "2",
        FirstKnown(each, line): "3.00",
        FirstKnown(unknown, line): "10.00",
        FirstKnown(unknown, other): "2.00",
        Choice(VOCABULARY["register"], (("exited", each), ("registered", other), ("general", line))): "3.00",
        Choice(VOCABULARY["register"], (("exited", line), ("registered", other), ("general", each))): "10.00",
    }.items():
        value = number_text(ratio(node, facts, engine.truth), "人" if text == "2" else "元/人")
        assert answer(value) == [text]


def test_settings_are_literal():
    facts = table(members=[4])
    assert answer(facts.select(x=engine.truth(Setting(parameter("是否", True)), facts)).x) == [True]


def test_constant_derived_fact_is_never_unknown():
    facts = table(members=[4])
    assert answer(facts.select(x=is_unknown(POLICY.named("monitoring_line"), facts)).x) == [False]
    assert answer(facts.select(x=is_unknown(Derived("d", "d", "d", "元", figure("元", "1")), facts)).x) == [False]


def test_numbers_and_conditions_are_not_mixed_up():
    facts = table(members=[4])
    with pytest.raises(ProgrammingError, match="这是数, 不是条件"):
        engine.truth(NumberFact(VOCABULARY["members"]), facts)
    with pytest.raises(ProgrammingError, match="这是条件, 不是数"):
        ratio(POLICY.green, facts, engine.truth)


def test_names_that_are_no_fact():
    with pytest.raises(KeyError, match="nothing"):
        engine.value_text(POLICY, "nothing", table(members=[4]))
