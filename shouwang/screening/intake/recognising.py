"""Which dataset a file is, by its headers alone: scored over the whole catalogue."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from shouwang.screening.datasets import CATALOGUE, Dataset
from shouwang.screening.intake.headers import Resolved, resolve
from shouwang.screening.intake.opening.layout import JOINT
from shouwang.terms.errors import Fault
from shouwang.terms.writing import plain

WHO = ("name", "id_number")
"""Columns that most datasets have: they tell none apart."""
CURE = "核对表头；或说明是哪个数据集（--dataset）"


@dataclass(frozen=True)
class Candidate:
    """How well a file's headers are those of one dataset."""

    dataset: Dataset
    resolved: Resolved
    telling: int
    """How many headers are its own: neither name nor id."""

    @property
    def is_complete(self) -> bool:
        return not self.resolved.faults

    @property
    def share(self) -> float:
        """How many of the dataset's own headers the file has."""
        own = sum(column.name not in WHO for column in self.dataset.columns) + len(self.dataset.others)
        return self.telling / own if own else 0.0


def candidates(headers: Sequence[str], agreed: Callable[[str], Mapping[str, str]]) -> list[Candidate]:
    """All datasets with at least one header of their own in the file, likeliest first."""
    found = [candidate(dataset, headers, agreed(code)) for code, dataset in CATALOGUE.items()]
    return sorted((one for one in found if one.telling), key=_rank, reverse=True)


def candidate(dataset: Dataset, headers: Sequence[str], agreed: Mapping[str, str]) -> Candidate:
    """How well the headers are those of this dataset."""
    resolved = resolve(dataset, headers, agreed)
    own = {column.name for column in dataset.columns} - set(WHO)
    others = sum(plain(header.split(JOINT)[-1]) in _others(dataset.code) for header in resolved.unread)
    return Candidate(dataset, resolved, sum(column.name in own for column in resolved.columns) + others)


def _rank(one: Candidate) -> tuple[bool, int, float]:
    return one.is_complete, one.telling, one.share


@cache
def _others(code: str) -> frozenset[str]:
    return frozenset(map(plain, CATALOGUE[code].others))


def recognised(headers: Sequence[str], agreed: Callable[[str], Mapping[str, str]]) -> Candidate | Fault:
    """The dataset the headers tell of; a fault where they tell of none, or of two alike."""
    ranked = candidates(headers, agreed)
    if not ranked:
        return Fault("从表头认不出是哪个数据集", CURE)
    first, *rest = ranked
    equal = [one for one in rest if _rank(one) == _rank(first)]
    if equal:
        named = "、".join(one.dataset.zh for one in (first, *equal))
        return Fault(f"表头既像{named}，分不清是哪个", CURE)
    return first


def misplaced(dataset: Dataset, headers: Sequence[str], resolved: Resolved, *, where: str) -> tuple[Fault, ...]:
    """A fault where a file that is to be this dataset is plainly another one, complete and with headers of its own."""
    own = {column.name for column in dataset.columns} - set(WHO)
    if not resolved.faults and (own & {column.name for column in resolved.columns} or _has_others(dataset, resolved)):
        return ()
    here = candidate(dataset, headers, {})
    found = recognised(headers, lambda code: {})
    if isinstance(found, Fault) or not found.is_complete or found.dataset is dataset or found.telling <= here.telling:
        return ()
    return (
        Fault(
            f"表头是{found.dataset.zh}，不是{dataset.zh}",
            f"放到 extracts/{found.dataset.code}/，或换成本数据集的文件",
            where,
        ),
    )


def _has_others(dataset: Dataset, resolved: Resolved) -> bool:
    return any(plain(header.split(JOINT)[-1]) in _others(dataset.code) for header in resolved.unread)
