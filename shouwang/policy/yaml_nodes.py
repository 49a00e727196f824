"""YAML as it is written: scalars stay text (no float, no guessed date), with their lines; no key stands twice."""

from dataclasses import dataclass, field
from pathlib import Path

import yaml

from shouwang.terms.errors import Fault

Plain = str | list[str] | None
"""What a value may be: text, a list of texts, or nothing (null)."""

_NULL = "tag:yaml.org,2002:null"
_MERGE = "tag:yaml.org,2002:merge"


@dataclass
class Place:
    """A file, and the faults found in it so far."""

    path: Path
    faults: list[Fault] = field(default_factory=list)
    example: str = ""

    def fault(self, found: str, cure: str, *, line: int) -> None:
        """Note a fault; it is reported with all others of the file."""
        named = f" “{self.example}”" if self.example else ""
        self.faults.append(Fault(found, cure, where=f"{self.path} 第 {line} 行{named}"))


def line_of(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1


def compose(place: Place) -> yaml.Node | None:
    """The root of the file; None, with a fault noted, where it cannot be read or holds nothing."""
    try:
        root = yaml.compose(place.path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    except OSError:
        place.fault("读不到这个文件 (cannot be read)", "查文件名与权限", line=1)
    except UnicodeDecodeError:
        place.fault("不是 UTF-8 文字 (not UTF-8)", "另存为 UTF-8", line=1)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "含有不能用的字符"
        place.fault(f"不是 YAML: {problem}", "改正写法，参照已有的例子", line=mark.line + 1 if mark else 1)
    else:
        if root is not None:
            return root
        place.fault("文件里没有例子 (no examples)", "写一个例子，或不要列出这个文件", line=1)
    return None


def entries(node: yaml.Node, place: Place, *, of: str) -> dict[str, yaml.Node]:
    """The entries of a mapping with `<<` merged in; a fault where it is no mapping or a key stands twice."""
    if not isinstance(node, yaml.MappingNode):
        place.fault(f"{of} 不是“名称: 值” (a mapping was expected)", f"写作 {of}: {{名称: 值}}", line=line_of(node))
        return {}
    own: dict[str, yaml.Node] = {}
    for key, value in node.value:
        if key.tag == _MERGE:
            continue
        if str(key.value) in own:
            place.fault(f"{of} 里 {key.value} 写了两次 (written twice)", "只留一个", line=line_of(key))
        own[str(key.value)] = value
    return {**_merged(node, place, of=of), **own}


def _merged(node: yaml.MappingNode, place: Place, *, of: str) -> dict[str, yaml.Node]:
    """What `<<: *anchor` or `<<: [*one, *two]` brings in; of two the first counts."""
    sources = [value for key, value in node.value if key.tag == _MERGE]
    found: dict[str, yaml.Node] = {}
    for source in sources:
        for part in reversed(source.value if isinstance(source, yaml.SequenceNode) else [source]):
            if part is not node:
                found.update(entries(part, place, of=of))
    return found


def plain(node: yaml.Node) -> Plain:
    """The value as text, list of texts or null. Errors: `ValueError` for a mapping or a list within a list."""
    if isinstance(node, yaml.ScalarNode):
        return None if node.tag == _NULL else str(node.value).strip()
    if isinstance(node, yaml.SequenceNode) and all(isinstance(part, yaml.ScalarNode) for part in node.value):
        return [str(part.value).strip() for part in node.value]
    raise ValueError("嵌套的值")
