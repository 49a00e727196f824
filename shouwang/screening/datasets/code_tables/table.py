"""A table of coded values: its words, how they are spelled, and what numbers mean in which system."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from shouwang.terms.errors import ProgrammingError
from shouwang.terms.writing import plain

_NUMBERED = re.compile(r"\(?([0-9]+)[-_.、,:|/\\)]*([^0-9].*)")
"""A label with its number before it: 07 彝族, 07-彝族, (07)彝族. The label counts."""
_BETWEEN = re.compile(r"[,、;/|+和及与]+")


@dataclass(frozen=True)
class Version:
    """What the numbers mean in one system."""

    name: str
    zh: str
    source: str
    codes: Mapping[str, str]
    """Number as written there → word."""


@dataclass(frozen=True)
class CodeTable:
    """The words of one field, and every spelling of them."""

    name: str
    zh: str
    many: bool
    """Whether a cell may hold several of them, in any order."""
    words: tuple[str, ...]
    """In the order in which a set of them is written."""
    spellings: Mapping[str, str]
    """Spelling, as `terms.writing.plain` leaves it → word."""
    versions: Mapping[str, Version]
    english: Mapping[str, str]
    """Word → its English; empty for a table that is shown to nobody."""


def names() -> tuple[str, ...]:
    """All tables there are."""
    here = files(__package__).iterdir()
    return tuple(sorted(path.name.removesuffix(".yaml") for path in here if path.name.endswith(".yaml")))


@cache
def load(name: str) -> CodeTable:
    """One table. Errors: `ProgrammingError` for a name nobody declared, and a table at odds with itself."""
    if name not in names():
        raise ProgrammingError(f"没有代码表 {name} → 有：{'、'.join(names())}")
    return made(name, yaml.safe_load((files(__package__) / f"{name}.yaml").read_text(encoding="utf-8")))


def made(name: str, declared: Mapping[str, object]) -> CodeTable:
    """A table from its declaration.

    Errors: `ProgrammingError` for one spelling of two words, a code of no word, English of some words only.
    """
    labels: Mapping[str, list[str]] = declared["labels"]  # type: ignore[assignment]
    spellings: dict[str, str] = {}
    for word, others in labels.items():
        for spelling in (word, *others):
            if spellings.setdefault(plain(str(spelling)), word) != word:
                raise ProgrammingError(f"代码表 {name} 里“{spelling}”属于两个词 → 只留一处")
    given: Mapping[str, Mapping[str, object]] = declared.get("versions") or {}  # type: ignore[assignment]
    versions = {key: _version(name, key, body, set(labels)) for key, body in given.items()}
    english: Mapping[str, str] = declared.get("english") or {}  # type: ignore[assignment]
    if english and set(english) != set(labels):
        raise ProgrammingError(f"代码表 {name} 的 english 与 labels 不是同样的词 → 每个词写一个")
    many = bool(declared.get("many"))
    return CodeTable(name, str(declared["zh"]), many, tuple(labels), spellings, versions, english)


def _version(table: str, key: str, body: Mapping[str, object], words: set[str]) -> Version:
    codes: Mapping[str, str] = body["codes"]  # type: ignore[assignment]
    strangers = sorted(set(codes.values()) - words)
    if strangers:
        raise ProgrammingError(f"代码表 {table} 的 {key} 里有表外的词：{'、'.join(strangers)} → 加进 labels")
    return Version(key, str(body["zh"]), str(body["source"]), codes)


def read_label(table: CodeTable, text: str | None, *, version: str | None = None) -> str | None:
    """The word a cell means. Unknown: empty, no such label, or a bare number without a declared version.

    Errors: `ProgrammingError` for a version the table does not have.
    """
    spelled = plain(text or "")
    return _of_code(table, spelled, version) or table.spellings.get(spelled) or _numbered(table, spelled, version)


def _of_code(table: CodeTable, spelled: str, version: str | None) -> str | None:
    """A number by the declared version; leading zeros do not matter."""
    if version is None:
        return None
    if version not in table.versions:
        raise ProgrammingError(f"代码表 {table.name} 没有版本 {version} → 有：{'、'.join(table.versions)}")
    codes = {code.lower().lstrip("0"): word for code, word in table.versions[version].codes.items()}
    return codes.get(spelled.lstrip("0")) if spelled else None


def _numbered(table: CodeTable, spelled: str, version: str | None) -> str | None:
    """A number and a label: the label; unknown where the declared version says otherwise."""
    found = _NUMBERED.fullmatch(spelled)
    if not found:
        return None
    word = table.spellings.get(found[2])
    return None if version and _of_code(table, found[1], version) != word else word


def read_labels(table: CodeTable, text: str | None, *, version: str | None = None) -> tuple[str, ...] | None:
    """The words a cell means, in the order of the table. Unknown: one of them is, or there are none."""
    whole = read_label(table, text, version=version)
    if whole:
        return (whole,)
    read = {read_label(table, part, version=version) for part in _BETWEEN.split(plain(text or ""))}
    found = {word for word in read if word}
    return tuple(sorted(found, key=table.words.index)) if found == read else None


def written(table: CodeTable, text: str | None, *, version: str | None = None) -> str | None:
    """The one way a cell is kept: its word, or its words with a comma between. Unknown: as `read_labels`."""
    if not table.many:
        return read_label(table, text, version=version)
    found = read_labels(table, text, version=version)
    return ",".join(found) if found else None


def in_english(table: CodeTable, text: str) -> str:
    """The English of what a cell means. Unknown: the text as it stands."""
    found = read_labels(table, text)
    return ", ".join(table.english[word] for word in found) if found and table.english else text
