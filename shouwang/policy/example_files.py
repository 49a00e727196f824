"""Example files read: a list of households with what is expected of them; all faults of all files at once."""

import difflib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from shouwang.policy.expectation import Expected, expectation
from shouwang.policy.versions import load
from shouwang.policy.written import UnreadableError, stored
from shouwang.policy.yaml_nodes import Place, compose, entries, line_of, plain
from shouwang.rules.policy import Policy
from shouwang.rules.vocabulary import Facts, Stored
from shouwang.terms.errors import DataError, UserError

KEYS = ("name", "as_of", "household", "expect", "policy")
SPENDING_PARTS = ("medical_spending", "school_spending", "disaster_loss", "accident_spending")


@dataclass(frozen=True)
class Example:
    """One household and what is expected of it, with the place it is written at."""

    name: str
    file: Path
    line: int
    as_of: date
    policy: Policy
    facts: Facts
    """In stored form; a fact left out is unknown."""
    expected: Mapping[str, Expected]


def read_examples(files: Iterable[Path], policy: Policy) -> list[Example]:
    """All examples of the files. Errors: `DataError` with every fault, by file, line and name of the example."""
    places = [Place(Path(path)) for path in files]
    read = [example for place in places for example in _file(place, policy)]
    faults = [fault for place in places for fault in place.faults]
    if faults:
        raise DataError(faults)
    return read


def _file(place: Place, policy: Policy) -> list[Example]:
    root = compose(place)
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        place.fault("文件不是一列例子 (a list was expected)", "每个例子以“- name:”开头", line=line_of(root))
        return []
    read = [_example(node, place, policy) for node in root.value]
    return [example for example in read if example is not None]


def _example(node: yaml.Node, place: Place, policy: Policy) -> Example | None:
    """The example; None where its faults leave nothing to run."""
    place.example = ""
    faults_before = len(place.faults)
    written = entries(node, place, of="例子")
    name = place.example = _text(written, "name")
    _check_keys(written, node, place)
    as_of = _as_of(written, place)
    chosen = _policy(written, place, policy)
    facts = _facts(written["household"], place, policy) if "household" in written else {}
    expected = expectation(written["expect"], place, chosen) if "expect" in written else {}
    if as_of is None or len(place.faults) > faults_before:
        return None
    return Example(name, place.path, line_of(node), as_of, chosen, facts, expected)


def _text(written: Mapping[str, yaml.Node], key: str) -> str:
    """The text of a scalar; empty where it is missing or something else."""
    node = written.get(key)
    return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""


def _check_keys(written: Mapping[str, yaml.Node], node: yaml.Node, place: Place) -> None:
    if not isinstance(node, yaml.MappingNode):
        return
    for key in ("name", "as_of", "household", "expect"):
        if key not in written:
            place.fault(f"缺少 {key} (missing)", f"写出 {key}:", line=line_of(node))
    if "name" in written and not place.example:
        place.fault("name 是空的 (empty)", "用一句话说明这个例子", line=line_of(written["name"]))
    for key in written:
        if key not in KEYS:
            place.fault(f"不认识 {key} (unknown key)", f"只用 {'、'.join(KEYS)}", line=line_of(written[key]))


def _as_of(written: Mapping[str, yaml.Node], place: Place) -> date | None:
    if "as_of" not in written:
        return None
    text = _text(written, "as_of")
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    place.fault(f"as_of 的值 {text!r} 不是日期 (not a date)", "写作 2020-06-30", line=line_of(written["as_of"]))
    return None


def _policy(written: Mapping[str, yaml.Node], place: Place, policy: Policy) -> Policy:
    if "policy" not in written:
        return policy
    try:
        return load(_text(written, "policy"))
    except UserError as error:
        place.fault(error.found, error.cure, line=line_of(written["policy"]))
        return policy


def _facts(node: yaml.Node, place: Place, policy: Policy) -> dict[str, Stored]:
    facts: dict[str, Stored] = {}
    for name, value in entries(node, place, of="household").items():
        spec = policy.vocabulary.get(name)
        if spec is None:
            place.fault(f"没有事实 {name} (unknown fact)", _other_name(name, policy), line=line_of(value))
            continue
        try:
            facts[name] = stored(spec, plain(value))
        except UnreadableError as error:
            place.fault(error.found, error.cure, line=line_of(value))
        except ValueError:
            place.fault(f"{name} 的值里还有层次 (nested)", "写一个值，或一列值", line=line_of(value))
    _check_sum(facts, place, line=line_of(node))
    return facts


def _other_name(name: str, policy: Policy) -> str:
    if any(name == derived.name for derived in policy.derived):
        return "这是算出来的，写它所用的事实"
    close = difflib.get_close_matches(name, policy.vocabulary.names, n=3)
    return f"是否想写 {'、'.join(close)}" if close else f"只用 {'、'.join(policy.vocabulary.names)}"


def _check_sum(facts: Mapping[str, Stored], place: Place, *, line: int) -> None:
    """Where rigid spending and all its parts are known, they must add up."""
    total = facts.get("rigid_spending")
    parts = [part for name in SPENDING_PARTS if isinstance(part := facts.get(name), int)]
    if isinstance(total, int) and len(parts) == len(SPENDING_PARTS) and sum(parts) != total:
        place.fault(
            f"rigid_spending 不等于 {' + '.join(SPENDING_PARTS)} (does not add up)",
            "改正其中之一，或只写合计",
            line=line,
        )
