"""The documents hold together: no relative link points nowhere, no word of the policy is missing in the glossary.

    python scripts/check_docs.py [ROOT]

Exit code 0, or 1 with one line per fault.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from shouwang.policy import load, names
from shouwang.policy.measures import LEVEL_NAMES
from shouwang.policy.vocabulary import VOCABULARY

ROOT = Path(__file__).parents[1]
GLOSSARY = "GLOSSARY.md"
STATUSES = ("graded", "unverified", "unassessed")

_CODE = re.compile(r"^```.*?^```|`[^`\n]*`", re.MULTILINE | re.DOTALL)
_LINK = re.compile(r"\]\(<?([^)\s>]+)>?[^)]*\)|\b(?:src|href)=\"([^\"]+)\"")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|//|#")


def documents(root: Path) -> list[Path]:
    """The Markdown files beside the code and under docs/."""
    return sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")])


def links(text: str) -> Iterator[str]:
    """Relative targets of links and pictures, without their anchor; nothing inside code."""
    for match in _LINK.finditer(_CODE.sub("", text)):
        target = match[1] or match[2]
        if not _ELSEWHERE.match(target):
            yield target.partition("#")[0]


def broken_links(root: Path) -> list[str]:
    """One line per relative link that points nowhere."""
    return [
        f"{path.relative_to(root)}: {target} does not exist → correct the link or add the file"
        for path in documents(root)
        for target in links(path.read_text(encoding="utf-8"))
        if not (path.parent / target).exists()
    ]


def terms() -> list[str]:
    """What the glossary must name: words in code, as they stand between backticks, and names for people."""
    policies = [load(name) for name in names()]
    rules = {rule.code for policy in policies for rule in policy.rules}
    signs = {sign.code for policy in policies for sign in policy.signs}
    derived = {one.name for policy in policies for one in policy.derived}
    code = [*VOCABULARY.names, *sorted(derived), *sorted(rules), *sorted(signs), *STATUSES]
    types = sorted({kind.label for policy in policies for kind in policy.national_types})
    return [*(f"`{word}`" for word in code), *(zh for zh, _ in LEVEL_NAMES.values()), *types]


def missing_terms(glossary: str, wanted: Iterable[str]) -> list[str]:
    """One line per term the glossary does not name."""
    return [f"{GLOSSARY}: {term} is missing → add a line for it" for term in wanted if term not in glossary]


def faults(root: Path) -> list[str]:
    """Everything that is wrong, at once."""
    return [*broken_links(root), *missing_terms((root / GLOSSARY).read_text(encoding="utf-8"), terms())]


def main(arguments: list[str]) -> int:
    found = faults(Path(arguments[0]) if arguments else ROOT)
    print("\n".join(found) or "documents hold together")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
