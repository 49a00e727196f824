"""What a consistency rule is: a condition over declared fields, the sentence it stands for, and how to put it right."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import SimpleNamespace
from typing import Any

import ibis.expr.operations as ops
from ibis import Table, Value

from shouwang.screening.checks.fields import HOME, MEMBER


class Severity(StrEnum):
    """How sure a finding is."""

    ERROR = "error"
    """Cannot be so."""
    WARNING = "warning"
    """Must not be so, or somebody forgot something."""
    QUESTION = "question"
    """May be so: ask."""

    @property
    def zh(self) -> str:
        return {"error": "错误", "warning": "提醒", "question": "疑问"}[self]


class Subject(StrEnum):
    """Whom a finding is about."""

    MEMBER = "member"
    HOME = "household"

    @property
    def zh(self) -> str:
        return {"member": "人", "household": "户"}[self]


Figures = SimpleNamespace
"""The dated figures by name, whole numbers."""
Condition = Callable[[Any, Any], Value]


@dataclass(frozen=True)
class Rule:
    """One rule. `broken(fields, figures)`: true is a finding, false is none, null (a field is unknown) is counted."""

    code: str
    subject: Subject
    severity: Severity
    zh: str
    en: str
    cure_zh: str
    source: str
    broken: Condition

    def condition(self, figures: Figures) -> Value:
        """The condition over the table of fields of the rule's subject."""
        return self.broken(self.fields, figures)

    def needs(self, figures: Figures) -> tuple[str, ...]:
        """The fields the condition reads, by name."""
        return tuple(sorted({field.name for field in self.condition(figures).op().find(ops.Field)}))

    @property
    def fields(self) -> Table:
        return MEMBER if self.subject is Subject.MEMBER else HOME

    def sentence(self, figures: Figures, lang: str = "zh") -> str:
        """The sentence with the figures in force."""
        return (self.zh if lang == "zh" else self.en).format(**vars(figures))


def member_rule(code: str, severity: Severity, *, zh: str, en: str, cure: str, source: str, broken: Condition) -> Rule:
    return Rule(code, Subject.MEMBER, severity, zh, en, cure, source, broken)


def home_rule(code: str, severity: Severity, *, zh: str, en: str, cure: str, source: str, broken: Condition) -> Rule:
    return Rule(code, Subject.HOME, severity, zh, en, cure, source, broken)
