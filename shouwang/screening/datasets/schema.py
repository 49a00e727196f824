"""The shape of a dataset's declaration."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """Decides what absence means (datasets.md)."""

    EVENTS = "events"
    ROLL = "roll"
    STATE = "state"


class Key(StrEnum):
    """Whom a row is about."""

    PERSON = "person"
    VILLAGE = "village"
    HOUSEHOLD = "household"


class Reads(StrEnum):
    """How a cell's text becomes a value."""

    ID = "id"
    NAME = "name"
    DATE = "date"
    MONEY = "money"
    COUNT = "count"
    LABEL = "label"
    TEXT = "text"

    @property
    def expected_zh(self) -> str:
        return {
            "id": "证件号码",
            "name": "姓名",
            "date": "日期，写作 2020-06-18",
            "money": "以元计的金额，至多两位小数，如 1234.50",
            "count": "不小于 0 的整数",
            "label": "约定的类别",
            "text": "文字",
        }[self]


@dataclass(frozen=True)
class Column:
    """One column that screening reads. Columns it does not read are not declared and may be missing."""

    name: str
    header: str
    reads: Reads
    labels: Mapping[str, str] = field(default_factory=dict)
    """LABEL only: every accepted spelling → the word we use."""
    synonyms: tuple[str, ...] = ()
    unit: str = ""
    """COUNT only: what is counted (天, 次, 米, 年度), as it may stand behind the number."""
    may_be_empty: bool = False
    """An empty cell is unknown where true, a fault of the row where false."""

    @property
    def headers(self) -> tuple[str, ...]:
        return (self.header, *self.synonyms)


@dataclass(frozen=True)
class Dataset:
    """One department's monthly file."""

    code: str
    zh: str
    office: str
    kind: Kind
    columns: tuple[Column, ...]
    feeds: tuple[str, ...]
    others: tuple[str, ...] = ()
    """Headers the department delivers that nobody reads; they tell the dataset from others."""
    key: Key = Key.PERSON
    date: str = ""
    """The column that says when: events must not be later than their month; a state's newest row counts."""
    optional: bool = False
    """Never delivered at all is normal: it feeds flags only, so nothing becomes unknown to a rule."""

    def column(self, name: str) -> Column:
        return next(c for c in self.columns if c.name == name)
