"""What there is to say of one household: plain values, in both languages, without a name or an id number."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

from shouwang.terms.level import Level


class Said(NamedTuple):
    """The same in Chinese and English."""

    zh: str
    en: str

    def of(self, lang: str) -> str:
        return self.en if lang == "en" else self.zh


NOTHING = Said("", "")
COLLECTED = {
    "入户采集": "from a home visit",
    "乡镇台账": "from the township ledger",
    "入户动态监测": "from monitoring at home",
}
"""How incomes are collected, as the register says it, in English."""


@dataclass(frozen=True)
class Source:
    """Who told a value, in which file, of which month (or, of an income, how it was collected)."""

    who: Said
    what: Said = NOTHING
    when: str = ""

    def of(self, lang: str) -> str:
        """`住建局 农房鉴定 2020-06`."""
        return " ".join(part for part in (self.who.of(lang), self.what.of(lang), self._when(lang)) if part)

    def short(self, lang: str) -> str:
        """`住建局 2020-06`."""
        return " ".join(part for part in (self.who.of(lang), self._when(lang)) if part)

    def _when(self, lang: str) -> str:
        return COLLECTED.get(self.when, self.when) if lang == "en" else self.when


@dataclass(frozen=True)
class Value:
    """A value as the run stored it. *Unknown*: `text` is None."""

    fact: str
    text: str | None
    unit: str
    as_of: date | None
    source: Source
    depth: int = 0
    """0 for what the rule speaks of, 1 for what that is reckoned from, and so on."""
    is_unneeded: bool = False
    """Unknown, but what is reckoned from it is known all the same."""


@dataclass(frozen=True)
class Reason:
    """A true rule. `sentence` is None where the policy of the run is not the installed one."""

    name: Said
    level: Level
    sentence: Said | None
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Missing:
    """A fact a verdict needs and nobody has told, and who should know it."""

    name: Said
    who: tuple[Source, ...]
    is_unusable: bool = False
    """Its inputs are known, but cannot be used: an income that is too old."""


@dataclass(frozen=True)
class Explanation:
    """Everything a run knows of one household's verdict; no name, no id number."""

    household_id: str
    area_code: str
    members: int | None
    register: Said
    as_of: date
    policy: str
    policy_name: Said
    policy_version: str
    is_policy_installed: bool
    """Whether the policy of the run is the one given here; else only what was stored is told."""
    level: Level | None
    status: Literal["graded", "unverified", "unassessed"]
    level_name: Said | None
    measure: Said | None
    national_type: Said | None
    sentence: Said | None
    reasons: tuple[Reason, ...]
    signs: tuple[Said, ...]
    could_be_worse: tuple[Said, ...]
    missing: tuple[Missing, ...]
    standing: tuple[Value, ...]
    """For a household at Ⅴ: what it was judged by."""
    asset_questions: tuple[Said, ...]
    contradictions: tuple[Said, ...]
    changes: tuple[Said, ...]
    names: Mapping[str, Said]
    """Facts and derived facts by name, as the policy of the run called them."""
    options: Mapping[str, Mapping[str, Said]]
    """Fact → label → words."""
