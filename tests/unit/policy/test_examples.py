"""Every example of the policy, on the plain reference and on DuckDB; and what a failed one says."""

from pathlib import Path

import ibis
import pytest

from shouwang.policy import load, names
from shouwang.policy.example_files import Example, read_examples
from shouwang.policy.examples import EXAMPLES, Result, run
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.rules import engine
from shouwang.rules.evaluate import truth
from shouwang.rules.policy import Policy
from shouwang.rules.tree import Node
from shouwang.rules.vocabulary import FactSpec, Kind

POLICY = load("kunming-2020")
FILES = sorted(EXAMPLES.glob("*.yaml"))
EVERY = read_examples(FILES, POLICY)
_TYPES = {Kind.NUMBER: "int64", Kind.YES_NO: "boolean", Kind.CATEGORY: "string", Kind.SET: "array<string>"}


def _type(spec: FactSpec) -> str:
    return _TYPES[spec.kind]


@pytest.mark.parametrize("result", run(FILES, POLICY), ids=lambda result: f"{result.file.stem}-{result.line}")
def test_example(result: Result) -> None:
    assert result.passed, f"{result.name}: {result.expected} / {result.got}"


def test_examples_are_named_once() -> None:
    sentences = [(example.file, example.name) for example in EVERY]
    assert len(set(sentences)) == len(sentences)


def _conditions(policy: Policy) -> dict[str, Node]:
    return {
        **{f"rule_{rule.code}": rule.when for rule in policy.rules},
        **{f"variant_{v.code}": v.condition for rule in policy.rules for v in rule.variants if v.condition},
        **{f"sign_{sign.code}": sign.condition for sign in policy.signs},
        **{f"type_{kind.label}": kind.condition for kind in policy.national_types},
        "green": policy.green,
        "watched": policy.watched,
    }


def _rows(examples: list[Example]) -> list[dict[str, object]]:
    return [
        {"number": number, **{spec.name: example.facts.get(spec.name) for spec in VOCABULARY}}
        for number, example in enumerate(examples)
    ]


@pytest.mark.parametrize("name", names())
def test_examples_on_duckdb_give_the_same_truths(name: str) -> None:
    policy = load(name)
    schema = {"number": "int64", **{spec.name: _type(spec) for spec in VOCABULARY}}
    table = ibis.memtable(_rows(EVERY), schema=schema)
    conditions = _conditions(policy)
    found = table.select("number", **{key: engine.truth(node, table) for key, node in conditions.items()})
    got = ibis.duckdb.connect().to_pyarrow(found.order_by("number")).to_pylist()
    expected = [
        {"number": number, **{key: truth(node, example.facts) for key, node in conditions.items()}}
        for number, example in enumerate(EVERY)
    ]
    assert got == expected


def _write(folder: Path, text: str) -> Path:
    path = folder / "one.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_failed_example_says_expected_and_got(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "- {name: 人均三千, as_of: '2020-06-30', household: {members: 1, net_income: 3000},"
        " expect: {level: 5, rules: [], signs: [no-head], national_type: null}}\n",
    )
    assert run([path], POLICY) == [
        Result(
            name="人均三千",
            file=path,
            line=1,
            policy="kunming-2020",
            passed=False,
            expected="等级 Ⅴ；规则 无；迹象 no-head；国家类型 无",
            got="等级 Ⅰ；规则 fallen-poor；迹象 无；国家类型 无",
        )
    ]


def test_expect_speaks_only_of_what_is_written(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "- name: 人均三千\n  as_of: 2020-06-30\n  household: {members: 1, net_income: 3000}\n  expect: {level: 1}\n",
    )
    (result,) = run([path], POLICY)
    assert (result.passed, result.expected, result.got) == (True, "等级 Ⅰ", "等级 Ⅰ")


def test_got_without_a_level_says_the_status(tmp_path: Path) -> None:
    path = _write(
        tmp_path, "- {name: 未知, as_of: 2020-06-30, household: {register: exited}, expect: {level: 5, rules: []}}\n"
    )
    (result,) = run([path], POLICY)
    assert (result.passed, result.expected, result.got) == (
        False,
        "等级 Ⅴ；规则 无",
        "等级 无；状态 unverified；规则 无",
    )


def test_order_of_rules_does_not_matter(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        "- {name: 两条, as_of: 2020-06-30, household: {members: 1, net_income: 3000, labour_lost: 1},"
        " expect: {level: 1, rules: [sudden-hardship, fallen-poor]}}\n",
    )
    assert [result.passed for result in run([path], POLICY)] == [True]


def test_example_names_its_policy(tmp_path: Path) -> None:
    household = "{register: general, members: 1, labour_units: 1, net_income: 6200, insurance_claims: 0,"
    path = _write(
        tmp_path,
        f"- name: 六千二\n  as_of: 2021-06-30\n  policy: kunming-2021\n"
        f"  household: {household} rigid_spending: 0}}\n  expect: {{level: 4}}\n",
    )
    (result,) = run([path], POLICY)
    assert (result.passed, result.policy) == (True, "kunming-2021")
