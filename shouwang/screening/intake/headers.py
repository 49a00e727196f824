"""Which header of a file is which column of a dataset."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from shouwang.screening.datasets import CATALOGUE, PERSON_COLUMNS, Column, Dataset, Key, Reads
from shouwang.screening.intake.likeness import likeness
from shouwang.screening.intake.opening import NO_HEADER
from shouwang.screening.intake.opening.layout import JOINT
from shouwang.screening.intake.opening.words import without_unit
from shouwang.terms.errors import Fault
from shouwang.terms.writing import plain, unseen_removed

_UNIT_ABOVE = re.compile(r"(?:金额|货币|计量)?单位:(?:人民币)?(亿元|万元|千元|百元|元)")


class How(IntEnum):
    """How a header was understood; the first that holds for a column counts."""

    AGREED = 0
    HEADER = 1
    SYNONYM = 2
    ALIKE = 3
    """Full-width, Traditional, blanks, a unit in brackets."""
    LAST_WORD = 4
    """Of a header of two rows, the lower one: 基本信息_姓名."""


@dataclass(frozen=True)
class Understood:
    """One column of a file that is a column of the dataset."""

    place: int
    """From 0, in the order of `Opened.headers`."""
    header: str
    name: str
    """Our name of it: a `Column` of the dataset, or one of `PERSON_COLUMNS`, which only linkage reads."""
    how: How
    unit: str = ""
    """The unit the header states: 元, 千元, 万元, 米 …; empty where it states none."""


@dataclass(frozen=True)
class Proposal:
    """A header that is almost one of ours: not used until a person agrees (`mappings.agree`)."""

    header: str
    name: str
    ours: str
    """The header that stands for `name`."""
    why: str


@dataclass(frozen=True)
class Resolved:
    """What the headers of one file are to one dataset. It may be read where `faults` is empty."""

    columns: tuple[Understood, ...]
    unread: tuple[str, ...]
    proposals: tuple[Proposal, ...]
    faults: tuple[Fault, ...]

    def units(self, dataset: Dataset, title: str) -> tuple[tuple[str, str], ...]:
        """Our name of a column → the unit its header states; of amounts without one, what stands above the table."""
        money = {column.name for column in dataset.columns if column.reads is Reads.MONEY}
        above = unit_above(title)
        stated = [(c.name, c.unit or (above if c.name in money else "")) for c in self.columns]
        return tuple((name, unit) for name, unit in stated if unit)


def unit_above(title: str) -> str:
    """The unit of all amounts, as a note above the table states it: 单位：万元; empty where none does."""
    found = set(_UNIT_ABOVE.findall(unseen_removed(title)))
    return found.pop() if len(found) == 1 else ""


def resolve(dataset: Dataset, headers: Sequence[str], agreed: Mapping[str, str], *, where: str = "") -> Resolved:
    """Each header's column; `agreed`: header → our name, as people agreed. All faults at once."""
    best: dict[str, list[Understood]] = {}
    for place, header in enumerate(headers):
        found = _understood(dataset, place, header, agreed)
        if found:
            rivals = best.setdefault(found.name, [])
            if not rivals or found.how == rivals[0].how:
                rivals.append(found)
            elif found.how < rivals[0].how:
                best[found.name] = [found]
    columns = sorted((rivals[0] for rivals in best.values()), key=lambda column: column.place)
    faults = [fault for rivals in best.values() if len(rivals) > 1 for fault in _doubled(rivals, where)]
    if not any(column.name in {c.name for c in dataset.columns} for column in columns):
        return Resolved((), tuple(headers), (), (_no_header(dataset, headers, where),))
    taken = {column.place for rivals in best.values() for column in rivals}
    unread = tuple(header for place, header in enumerate(headers) if place not in taken)
    missing = [column for column in dataset.columns if column.name not in best]
    proposals = tuple(_proposals(missing, unread))
    faults += [_missing(column, headers, proposals, where) for column in missing]
    return Resolved(tuple(columns), unread, proposals, tuple(faults))


def names_of(headers: Sequence[str], resolved: Resolved) -> tuple[str, ...]:
    """Our name for every column of the file, in its order; what nobody reads keeps its own header."""
    ours = {column.place: column.name for column in resolved.columns}
    return tuple(ours.get(place, f"_{place}_{unseen_removed(header)}") for place, header in enumerate(headers))


def _understood(dataset: Dataset, place: int, header: str, agreed: Mapping[str, str]) -> Understood | None:
    word = unseen_removed(header)
    if word in agreed:
        return Understood(place, header, agreed[word], How.AGREED, without_unit(plain(word))[1])
    words, plainly = _vocabulary(dataset.code)
    if word in words:
        name, how = words[word]
        return Understood(place, header, name, how, without_unit(word)[1])
    for how, part in ((How.ALIKE, word.replace(JOINT, "")), (How.LAST_WORD, word.split(JOINT)[-1])):
        spelled = plain(part)
        bare, unit = without_unit(spelled)
        name_found = plainly.get(spelled) or plainly.get(bare)
        if name_found:
            return Understood(place, header, name_found, how, unit)
    return None


def columns_to_find(dataset: Dataset) -> tuple[Column, ...]:
    """The dataset's columns, and what else a row may say of the person it is about."""
    if dataset.key is not Key.PERSON:
        return dataset.columns
    own = {header for column in dataset.columns for header in column.headers}
    return (*dataset.columns, *(column for column in PERSON_COLUMNS if column.header not in own))


@cache
def _vocabulary(code: str) -> tuple[dict[str, tuple[str, How]], dict[str, str]]:
    """Header → our name and how, exactly written; and the same plainly written."""
    words: dict[str, tuple[str, How]] = {}
    plainly: dict[str, str] = {}
    for column in columns_to_find(CATALOGUE[code]):
        for n, header in enumerate(column.headers):
            words.setdefault(unseen_removed(header), (column.name, How.SYNONYM if n else How.HEADER))
            plainly.setdefault(plain(header), column.name)
            plainly.setdefault(without_unit(plain(header))[0], column.name)
    return words, plainly


def _doubled(rivals: Sequence[Understood], where: str) -> list[Fault]:
    headers = list(dict.fromkeys(column.header for column in rivals))
    if len(headers) == 1:
        return [Fault(f"列“{headers[0]}”出现{_times(len(rivals))}", "只留一列", where)]
    named = "、".join(f"“{header}”" for header in headers)
    return [Fault(f"{named}是同一列", "只留一列", where)]


def _times(count: int) -> str:
    return "两次" if count == 2 else f" {count} 次"


def _missing(column: Column, headers: Sequence[str], proposals: Sequence[Proposal], where: str) -> Fault:
    almost = [proposal.header for proposal in proposals if proposal.name == column.name]
    if almost:
        named = "、".join(f"“{header}”" for header in almost)
        cure = f"{named}若就是这一列，改写表头，或由人确认后记入对应表"
    else:
        cure = f"加上这一列（现有：{'、'.join(header for header in headers if header)}）"
    return Fault(f"缺少列“{column.header}”", cure, where)


def _no_header(dataset: Dataset, headers: Sequence[str], where: str) -> Fault:
    """No word is ours. Perhaps it is a row of people: it is not repeated."""
    letters = [header for header in headers if header]
    if letters and all(header.isascii() and any(map(str.isalpha, header)) for header in letters):
        return replace(no_header_of(dataset, where), found="表头是外文，没有一列认得")
    return no_header_of(dataset, where)


def no_header_of(dataset: Dataset, where: str) -> Fault:
    """A file without a row of headers, and what they should be."""
    return Fault(NO_HEADER, f"表头应为：{'、'.join(column.header for column in dataset.columns)}", where)


def _proposals(missing: Sequence[Column], unread: Sequence[str]) -> list[Proposal]:
    found = []
    for header in unread:
        ranked = sorted(
            ((score, why, column) for column in missing for score, why in [likeness(header, column.headers)] if score),
            key=lambda one: -one[0],
        )
        if ranked:
            _, why, column = ranked[0]
            found.append(Proposal(header, column.name, column.header, why))
    return found
