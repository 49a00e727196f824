"""The page of a rule: no figure in it, a sentence of effect and a source on every function."""

import ast
from pathlib import Path

import pytest

from shouwang import policy

RULES = sorted((Path(policy.__file__).parent / "rules").glob("*.py"))


def _functions(path: Path) -> list[ast.FunctionDef]:
    return [node for node in ast.parse(path.read_text(encoding="utf-8")).body if isinstance(node, ast.FunctionDef)]


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rule_code_holds_no_figure_but_zero(path: Path) -> None:
    constants = [
        node.value
        for function in _functions(path)
        for statement in function.body
        for node in ast.walk(statement)
        if isinstance(node, ast.Constant)
    ]
    assert [value for value in constants if not isinstance(value, str) and value != 0] == []


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rule_code_names_its_source(path: Path) -> None:
    without = [f.name for f in _functions(path) if "Source: " not in (ast.get_docstring(f) or "")]
    assert without == []
