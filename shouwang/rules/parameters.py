"""Dated figures of the policy, read exactly from YAML; every figure names its source."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from pathlib import Path

import yaml

from shouwang.rules.place import mistake
from shouwang.rules.units import PARAMETER_UNITS, TEXT_UNIT, YES_NO_UNIT

STATUSES = ("stated", "reading")
"""Stated by a document, or our reading of one."""

_YES_NO = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}
_FIELDS = frozenset({"unit", "zh", "en", "values"})
_VALUE_FIELDS = frozenset({"value", "status", "source"})


@dataclass(frozen=True)
class Parameter:
    """One figure as in force on a day."""

    name: str
    unit: str
    value: Fraction | bool | str
    since: date
    source: str
    status: str
    zh: str
    en: str
    file: str
    line: int
    """Where the value in force stands."""

    @property
    def number(self) -> Fraction:
        """The value of a figure. Errors: `ProgrammingError` for a setting or a text."""
        if isinstance(self.value, Fraction):
            return self.value
        raise mistake(f"参数 {self.name} 不是数 (not a number)", "用于条件或说明，不用于计算")


def read_parameters(files: Iterable[Path], in_force: date) -> Mapping[str, Parameter]:
    """All parameters of the files as in force on the day, by name. Errors: `ProgrammingError` with file and line."""
    found: dict[str, Parameter] = {}
    for path in sorted(files):
        for name, node in _entries(_compose(path), path).items():
            if name in found:
                raise mistake(f"参数 {name} 重名 (also in {found[name].file})", "每个参数只写一次", at=_at(path, node))
            found[name] = _parameter(name, node, path, in_force)
    return found


def _compose(path: Path) -> yaml.Node:
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as fault:
        line = fault.problem_mark.line + 1 if fault.problem_mark else 1
        raise mistake(f"不是 YAML: {fault.problem}", "改正写法", at=f"{path}:{line}") from None
    if root is None:
        raise mistake("文件是空的 (empty file)", "写参数或删去文件", at=f"{path}:1")
    return root


def _at(path: Path, node: yaml.Node) -> str:
    return f"{path}:{node.start_mark.line + 1}"


def _entries(node: yaml.Node, path: Path) -> dict[str, yaml.Node]:
    """The entries of a mapping, keys as text. Errors: not a mapping, or a key written twice."""
    if not isinstance(node, yaml.MappingNode):
        raise mistake("这里应是“名称: 值”的列表 (a mapping was expected)", "见其他参数文件的写法", at=_at(path, node))
    entries: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.value in entries:
            raise mistake(f"{key.value} 写了两次 (written twice)", "只留一个", at=_at(path, key))
        entries[str(key.value)] = value
    return entries


def _text(entries: dict[str, yaml.Node], key: str, *, of: str, at: str) -> str:
    node = entries.get(key)
    if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
        raise mistake(f"{of} 没有 {key} (missing)", f"写出 {key}", at=at)
    return str(node.value)


def _only(entries: dict[str, yaml.Node], allowed: frozenset[str], *, of: str, at: str) -> None:
    unknown = sorted(set(entries) - allowed)
    if unknown:
        raise mistake(
            f"{of} 有不认识的项 {'、'.join(unknown)} (unknown key)", f"只用 {'、'.join(sorted(allowed))}", at=at
        )


def _parameter(name: str, node: yaml.Node, path: Path, in_force: date) -> Parameter:
    at, of = _at(path, node), f"参数 {name}"
    entries = _entries(node, path)
    _only(entries, _FIELDS, of=of, at=at)
    unit = _text(entries, "unit", of=of, at=at)
    if unit not in PARAMETER_UNITS:
        raise mistake(f"{of} 的单位是 {unit!r} (unknown unit)", f"用其中之一: {'、'.join(PARAMETER_UNITS)}", at=at)
    if "values" not in entries:
        raise mistake(f"{of} 没有 values (missing)", "写出 values: {日期: {value, status, source}}", at=at)
    since, dated = _in_force(_entries(entries["values"], path), in_force, path=path, of=of, at=at)
    at = _at(path, dated)
    value = _entries(dated, path)
    _only(value, _VALUE_FIELDS, of=of, at=at)
    status = _text(value, "status", of=of, at=at)
    if status not in STATUSES:
        raise mistake(f"{of} 的 status 是 {status!r}", f"用其中之一: {'、'.join(STATUSES)}", at=at)
    return Parameter(
        name=name,
        unit=unit,
        value=_value(_text(value, "value", of=of, at=at), unit, of=of, at=at),
        since=since,
        source=_text(value, "source", of=of, at=at),
        status=status,
        zh=_text(entries, "zh", of=of, at=_at(path, node)),
        en=_text(entries, "en", of=of, at=_at(path, node)),
        file=path.name,
        line=dated.start_mark.line + 1,
    )


def _in_force(dated: dict[str, yaml.Node], in_force: date, *, path: Path, of: str, at: str) -> tuple[date, yaml.Node]:
    """The value with the latest start on or before the day."""
    starts: dict[date, yaml.Node] = {}
    for key, node in dated.items():
        try:
            starts[date.fromisoformat(key)] = node
        except ValueError:
            raise mistake(f"{of} 的起始日期 {key!r} 不是日期", "写作 2020-06-01", at=_at(path, node)) from None
    begun = [start for start in starts if start <= in_force]
    if not begun:
        raise mistake(f"{of} 在 {in_force} 没有生效的值 (no value in force)", "补上更早的起始日期及其来源", at=at)
    return max(begun), starts[max(begun)]


def _value(text: str, unit: str, *, of: str, at: str) -> Fraction | bool | str:
    """The scalar as exact value: its text is read, never a float."""
    if unit == TEXT_UNIT:
        return text
    if unit == YES_NO_UNIT:
        if text.lower() not in _YES_NO:
            raise mistake(f"{of} 的值 {text!r} 不是 是/否", "写 true 或 false", at=at)
        return _YES_NO[text.lower()]
    if not re.fullmatch(r"-?\d+(\.\d+)?", text):
        raise mistake(f"{of} 的值 {text!r} 不是数", "写作 5000 或 0.30", at=at)
    return Fraction(text)
