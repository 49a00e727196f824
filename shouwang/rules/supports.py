"""Why a tree is true: the leaves that can carry its truth, and under which outcomes of its parts each one does."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from shouwang.rules.tree import (
    AllOf,
    AnyOf,
    Choice,
    Comparison,
    Derived,
    FirstKnown,
    IsIn,
    Node,
    Not,
    UnknownWhen,
    Zero,
    by_label,
    children,
)

Outcome: TypeAlias = Literal["true", "false", "unknown", "not true"]


@dataclass(frozen=True)
class Guard:
    """A part of the tree and how it must have come out."""

    node: Node
    outcome: Outcome


Path: TypeAlias = tuple[Guard, ...]


@dataclass(frozen=True)
class Support:
    """A leaf (or named condition) that, being true or false, carries the truth of the whole on any of the paths."""

    leaf: Node
    holds: bool
    paths: tuple[Path, ...]


def supports(node: Node, holds: bool = True) -> tuple[Support, ...]:
    """Every leaf that may carry the truth (or falsehood) of the condition, in the order written, each once."""
    found: dict[tuple[Node, bool], list[Path]] = {}
    for leaf, leaf_holds, path in _walk(node, holds, ()):
        found.setdefault((leaf, leaf_holds), []).append(path)
    return tuple(Support(leaf, leaf_holds, tuple(paths)) for (leaf, leaf_holds), paths in found.items())


def _outcome(holds: bool) -> Outcome:
    return "true" if holds else "false"


def _walk(node: Node, holds: bool, path: Path) -> Iterator[tuple[Node, bool, Path]]:
    match node:
        case AllOf(parts=parts) | AnyOf(parts=parts):
            every = isinstance(node, AllOf) is holds
            for part in parts:
                if every and holds and _goes_without_saying(part, parts):
                    continue
                yield from _walk(part, holds, path if every else (*path, Guard(part, _outcome(holds))))
        case Not():
            yield from _walk(node.part, not holds, path)
        case Choice():
            for labels, branch in by_label(node):
                yield from _walk(branch, holds, (*path, Guard(IsIn(node.spec, tuple(labels)), "true")))
        case UnknownWhen():
            yield from _walk(node.value, holds, path)
        case FirstKnown():
            yield from _walk(node.first, holds, (*path, Guard(node.first, _outcome(holds))))
            yield from _walk(node.second, holds, (*path, Guard(node.first, "unknown")))
        case _:
            yield node, holds, path


def _goes_without_saying(part: Node, parts: tuple[Node, ...]) -> bool:
    """`burden > 0` beside `burden ≥ limit`: the quantity is named with its value in every leaf of another part."""
    if not isinstance(part, Comparison) or part.relation not in (">", ">=") or not isinstance(part.right, Zero):
        return False
    return any(_always_names(other, part.left) for other in parts if other is not part)


def _always_names(node: Node, quantity: Node) -> bool:
    leaves = [support.leaf for support in supports(node)]
    return all(isinstance(leaf, Comparison) and quantity in set(_named(leaf)) for leaf in leaves)


def _named(node: Node) -> Iterator[Node]:
    """The nodes a sentence names: not what a derived fact is made of."""
    yield node
    if not isinstance(node, Derived):
        for child in children(node):
            yield from _named(child)
