"""Runs found beside the city: folders `run-*` with a manifest, newest first."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from shouwang.terms.errors import UserError

PATTERN = "run-*"


Levels = dict[str, dict[str, int]]
"""Standing (1–5, unverified, unassessed) to households and people."""


@dataclass(frozen=True)
class Standing:
    """Households and people of an area in a run: all, warned Ⅰ–Ⅳ, to be verified."""

    households: int
    people: int
    warned_households: int
    warned_people: int
    unverified_households: int
    unverified_people: int


@dataclass(frozen=True)
class Run:
    """One finished run, as its manifest and summary say."""

    path: Path
    digest: str
    as_of: date
    policy: str
    policy_version: str
    register: str
    levels: Levels
    counties: dict[str, Levels]

    @property
    def folder(self) -> str:
        return self.path.name

    def of(self, prefix: str) -> Standing:
        """What is told of a city or a county; a county's are its own alone."""
        levels = self.levels if len(prefix) <= 4 else self.counties.get(prefix[:6], {})
        warned = [one for level, one in levels.items() if level in "1234"]
        unverified = levels.get("unverified", {"households": 0, "people": 0})
        return Standing(
            households=sum(one["households"] for one in levels.values()),
            people=sum(one["people"] for one in levels.values()),
            warned_households=sum(one["households"] for one in warned),
            warned_people=sum(one["people"] for one in warned),
            unverified_households=unverified["households"],
            unverified_people=unverified["people"],
        )


def read(path: Path) -> Run:
    """Errors: `UserError` where the folder is no finished run."""
    manifest, summary = _json(path / "manifest.json"), _json(path / "summary.json")
    if not (path / "verdicts.parquet").is_file() or not (path / "facts.parquet").is_file():
        raise _unfinished(path)
    try:
        return Run(
            path=path,
            digest=str(manifest["output_digest"]),
            as_of=date.fromisoformat(manifest["as_of"]),
            policy=str(manifest["policy"]),
            policy_version=str(manifest["policy_version"]),
            register=str(manifest.get("register", "")),
            levels=_levels(summary["levels"]),
            counties={str(code): _levels(told) for code, told in summary.get("counties", {}).items()},
        )
    except (AttributeError, KeyError, TypeError, ValueError):
        raise _unfinished(path) from None


def _levels(told: Any) -> Levels:
    """Errors: those of a shape that is another."""
    return {
        str(standing): {unit: int(counts[unit]) for unit in ("households", "people")}
        for standing, counts in told.items()
    }


def found(city: Path) -> list[Run]:
    """Every finished run beside the city, the newest as-of day first; a folder that is none is passed over."""
    runs = []
    for path in sorted(city.parent.glob(PATTERN)):
        try:
            runs.append(read(path))
        except UserError:
            continue
    return sorted(runs, key=lambda run: (run.as_of, run.folder), reverse=True)


def one(city: Path, folder: str) -> Run:
    """The run of this folder name. Errors: `UserError` where there is none of that name beside the city."""
    named = [path for path in city.parent.glob(PATTERN) if path.name == folder]
    if not named:
        raise UserError(_("没有这次筛查"), _("回到“筛查”重新选；文件夹可能已移走"))
    return read(named[0])


def _json(path: Path) -> dict[str, Any]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError, RecursionError):
        raise _unfinished(path.parent) from None


def _unfinished(path: Path) -> UserError:
    return UserError(
        _("%(folder)s 不是一次完整的筛查结果") % {"folder": path.name}, _("重新运行 shouwang screen，再发布")
    )
