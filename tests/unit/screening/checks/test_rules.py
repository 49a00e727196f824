"""Each rule by its fields: broken, nearly broken, and unknown."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import pytest

from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.fields import BY_NAME, HOME_FIELDS, MEMBER_FIELDS
from shouwang.screening.checks.figures import declared, figures_of
from shouwang.screening.checks.rule import Rule, Subject
from shouwang.terms.errors import ProgrammingError
from tests.unit.screening.checks.cases import CASES, Case

JUNE = date(2020, 6, 30)
FIGURES = figures_of(JUNE)
BY_CODE = {rule.code: rule for rule in RULES}
COUNTS = {Subject.MEMBER: 30, Subject.HOME: 44}


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    connection = duckdb.connect()
    yield connection
    connection.close()


def judged(con: duckdb.DuckDBPyConnection, rule: Rule, fields: dict[str, Any]) -> bool | None:
    """What the condition says of one row with these fields, all others unknown."""
    unbound = rule.fields
    schema = unbound.schema().to_pyarrow()
    row = pa.Table.from_pylist([{name: fields.get(name) for name in schema.names}], schema=schema)
    con.register(unbound.get_name(), row)
    query = ibis.to_sql(unbound.select(broken=rule.condition(FIGURES)), dialect="duckdb")
    ((found,),) = con.execute(str(query)).fetchall()
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.code)
def test_rule_from_three_sides(con: duckdb.DuckDBPyConnection, case: Case) -> None:
    rule = BY_CODE[case.code]
    told = {
        "breaks": judged(con, rule, case.breaks),
        "nearly": [judged(con, rule, case.breaks | change) for change in case.nearly],
        "unknown": [judged(con, rule, case.breaks | {name: None}) for name in case.unknown],
    }
    assert told == {"breaks": True, "nearly": [False] * len(case.nearly), "unknown": [None] * len(case.unknown)}


def test_every_rule_has_a_case_that_breaks_it_one_that_nearly_does_and_an_unknown() -> None:
    assert {c.code for c in CASES} == {rule.code for rule in RULES}
    assert {c.code for c in CASES if c.unknown} == {rule.code for rule in RULES}
    assert [c.code for c in CASES if not c.nearly] == []


def test_codes_are_unique() -> None:
    assert len(BY_CODE) == len(RULES)
    assert {subject: sum(rule.subject is subject for rule in RULES) for subject in Subject} == COUNTS


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_rule_says_everything_it_must(rule: Rule) -> None:
    assert rule.needs(FIGURES) == tuple(sorted(set(rule.needs(FIGURES))))
    assert [name for name in rule.needs(FIGURES) if name not in BY_NAME] == []
    texts = (rule.sentence(FIGURES), rule.sentence(FIGURES, "en"), rule.cure_zh, rule.source)
    assert [text for text in texts if not text or "{" in text] == []
    assert rule.source.startswith("§4.")


def test_sentence_names_the_figure_in_force() -> None:
    assert BY_CODE["senior-too-young"].sentence(FIGURES) == "不满 15 岁读高中阶段"
    assert BY_CODE["income-too-high"].sentence(FIGURES, "en") == "Net income per person above 100,000 yuan"


def test_condition_follows_the_figure() -> None:
    rule = BY_CODE["senior-too-young"]
    assert str(rule.condition(SimpleNamespace(senior_age_from=13))) != str(rule.condition(FIGURES))


def test_severity_and_subject_in_chinese() -> None:
    assert [BY_CODE[c].severity.zh for c in ("id-missing", "phone-length", "road-distance")] == ["错误", "提醒", "疑问"]
    assert [subject.zh for subject in Subject] == ["人", "户"]


def test_every_figure_names_its_source_and_is_used() -> None:
    figures = declared(JUNE)
    assert [name for name, figure in figures.items() if not figure.source] == []
    sentences = {name for name in figures if any(f"{{{name}" in rule.zh for rule in RULES)}
    only_in_conditions = {"compulsory_age_from", "compulsory_age_to"}
    assert set(figures) - sentences == only_in_conditions


def test_figures_before_there_was_a_register() -> None:
    with pytest.raises(ProgrammingError):
        figures_of(date(2013, 12, 31))


def test_fields_are_declared_once() -> None:
    assert len(BY_NAME) == len(MEMBER_FIELDS) + len(HOME_FIELDS)
