"""The examples run: every household of the files is decided by its policy and compared with what is expected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from shouwang.policy.example_files import Example, read_examples
from shouwang.policy.expectation import Expected
from shouwang.rules.policy import Policy
from shouwang.rules.verdict import Verdict, decide
from shouwang.terms.level import Level

EXAMPLES = Path(__file__).parent / "examples"
"""The examples that come with the policy; they are run by every check."""

_WORDS = {
    "level": "等级",
    "status": "状态",
    "rules": "规则",
    "signs": "迹象",
    "national_type": "国家类型",
    "could_be_worse": "可能更重",
    "variant": "称为",
}


@dataclass(frozen=True)
class Result:
    """One example and how it came out."""

    name: str
    file: Path
    line: int
    policy: str
    passed: bool
    expected: str
    """In words, only what the example speaks of."""
    got: str
    """In the same words; without a level the status says why."""


def run(files: Iterable[Path], policy: Policy) -> list[Result]:
    """Decide every example by the policy it names, else by the one given.

    Errors: `DataError` with all faults of all files at once; then nothing is decided.
    """
    return [_result(example) for example in read_examples(files, policy)]


def outcome(verdict: Verdict) -> dict[str, Expected]:
    """The verdict under the keys of `expect`, lists sorted."""
    return {
        "level": verdict.level,
        "status": verdict.status,
        "rules": tuple(sorted(reason.rule for reason in verdict.reasons)),
        "signs": tuple(sorted(verdict.signs)),
        "national_type": verdict.national_type,
        "could_be_worse": tuple(sorted(verdict.could_be_worse)),
        "variant": next((reason.variant for reason in verdict.reasons if reason.variant), None),
    }


def _result(example: Example) -> Result:
    decided = outcome(decide(example.policy, example.facts))
    got = {key: decided[key] for key in example.expected}
    return Result(
        name=example.name,
        file=example.file,
        line=example.line,
        policy=example.policy.code,
        passed=got == example.expected,
        expected=_in_words(example.expected),
        got=_in_words(got if decided["level"] else {**got, "status": decided["status"]}),
    )


def _in_words(values: Mapping[str, Expected]) -> str:
    return "；".join(f"{_WORDS[key]} {_shown(values[key])}" for key in _WORDS if key in values)


def _shown(value: Expected) -> str:
    if isinstance(value, Level):
        return value.numeral
    return ("、".join(value) if isinstance(value, tuple) else value) or "无"
