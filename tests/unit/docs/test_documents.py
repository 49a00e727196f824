"""The documents of the house, and the script that checks them."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[3]
SCRIPT = ROOT / "scripts" / "check_docs.py"
DECISIONS = sorted((ROOT / "docs" / "adr").glob("*.md"))


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("check_docs", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def house(tmp_path: Path, script: ModuleType) -> Path:
    """A root whose documents hold together."""
    (tmp_path / "docs" / "adr").mkdir(parents=True)
    (tmp_path / "GLOSSARY.md").write_text("\n".join(script.terms()), encoding="utf-8")
    return tmp_path


def test_documents_hold_together(script: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    assert (script.main([]), capsys.readouterr().out) == (0, "documents hold together\n")


def test_link_to_nowhere(script: ModuleType, house: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (house / "docs" / "page.md").write_text("[a](../GLOSSARY.md#x) [b](gone.md) ![c](adr/gone.svg)", encoding="utf-8")
    assert script.main([str(house)]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "docs/page.md: gone.md does not exist → correct the link or add the file",
        "docs/page.md: adr/gone.svg does not exist → correct the link or add the file",
    ]


def test_link_elsewhere_or_in_code(script: ModuleType, house: Path) -> None:
    text = "[a](https://example.org/x.md) [b](#part) [c](mailto:a@example.org) `[d](gone.md)`\n```\n[e](gone.md)\n```\n"
    (house / "README.md").write_text(text, encoding="utf-8")
    assert script.faults(house) == []


def test_picture_in_html(script: ModuleType, house: Path) -> None:
    (house / "README.md").write_text('<img src="docs/gone.svg">', encoding="utf-8")
    assert script.faults(house) == ["README.md: docs/gone.svg does not exist → correct the link or add the file"]


def test_term_missing_in_glossary(script: ModuleType, house: Path) -> None:
    kept = [term for term in script.terms() if term not in ("`burden`", "兜底保障户")]
    (house / "GLOSSARY.md").write_text("\n".join(kept), encoding="utf-8")
    assert script.faults(house) == [
        "GLOSSARY.md: `burden` is missing → add a line for it",
        "GLOSSARY.md: 兜底保障户 is missing → add a line for it",
    ]


def test_decisions_are_numbered_without_gap() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{n:04d}" for n in range(1, len(DECISIONS) + 1)]


@pytest.mark.parametrize("path", DECISIONS, ids=lambda path: path.stem)
def test_decision_has_its_parts(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {path.name[:4]} ")
    assert lines[2].startswith("Status: ")
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
