"""A run beside what was published before: of every household the change, and whether it becomes a clue. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shouwang.office.warnings.fingerprint import fingerprint
from shouwang.office.warnings.models import Suppression, Warning
from shouwang.office.warnings.queries.standing import Before

UNVERIFIED = "unverified"
Change, State = Warning.Change, Warning.State
AT_WORK = (State.OPEN, State.JOINED)


@dataclass(frozen=True)
class Judged:
    """One household: `row` is its verdict in the run, None where it is not in the run any more."""

    household_id: str
    area_code: str
    members: int | None
    level: int | None
    level_before: int | None
    change: Change
    state: State
    fingerprint: str = ""
    suppression: Suppression | None = None
    row: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Judgement:
    """All of a run that somebody must hear of."""

    warned: tuple[Judged, ...]
    to_verify: tuple[Mapping[str, Any], ...]
    """Verdicts of the unverified."""
    newly_to_verify: frozenset[str]
    no_longer_to_verify: frozenset[str]
    """To be verified before, now green or unassessed (or not in the run)."""


def judge(rows: Iterable[Mapping[str, Any]], before: Before) -> Judgement:
    """`rows`: verdicts of the warned, the unverified, and the formerly warned or unverified."""
    known = {row["household_id"]: row for row in rows}
    unverified = {household for household, row in known.items() if row["status"] == UNVERIFIED}
    graded = {household for household, row in known.items() if _level(row)}
    told = [_warned(row, before) for household, row in known.items() if household in graded]
    told += [
        _no_longer_warned(household, known.get(household), before)
        for household in before.levels
        if household not in graded
    ]
    return Judgement(
        warned=tuple(sorted(told, key=lambda one: (one.level or 9, one.area_code, one.household_id))),
        to_verify=tuple(known[household] for household in sorted(unverified)),
        newly_to_verify=frozenset(unverified - before.unverified),
        no_longer_to_verify=frozenset(before.unverified - unverified - graded),
    )


def _level(row: Mapping[str, Any]) -> int | None:
    """Ⅰ–Ⅳ; None for green and for what is not graded."""
    return row["level"] if row["level"] and row["level"] <= 4 else None


def _warned(row: Mapping[str, Any], before: Before) -> Judged:
    household, level = row["household_id"], _level(row)
    assert level is not None
    change = _change(level, before.levels.get(household))
    mark = fingerprint(row["reasons"])
    held = _held(row, mark, before.suppressions.get(household, []))
    return Judged(
        household_id=household,
        area_code=row["area_code"],
        members=row["members"],
        level=level,
        level_before=before.levels.get(household),
        change=change,
        state=State.SUPPRESSED if held else _state(household, mark, change, before),
        fingerprint=mark,
        suppression=held,
        row=row,
    )


def _change(level: int, was: int | None) -> Change:
    if was is None:
        return Change.NEW
    if level == was:
        return Change.SAME
    return Change.WORSE if level < was else Change.BETTER


def _state(household: str, mark: str, change: Change, before: Before) -> State:
    """A clue, unless exactly this was answered already, or a case is at work and nothing became worse."""
    if (household, mark) in before.answered:
        return State.ANSWERED
    if change in (Change.SAME, Change.BETTER) and before.clues.get(household) in AT_WORK:
        return State.NOTE
    return State.OPEN


def _held(row: Mapping[str, Any], mark: str, in_force: list[Suppression]) -> Suppression | None:
    """The suppression that holds a warning back: every true rule must be held, each by one that still fits."""
    fitting = [one for one in in_force if one.fingerprint in ("", mark)]
    by_rule = {one.rule: one for one in fitting}
    if "" in by_rule:
        return by_rule[""]
    rules = {reason["rule"] for reason in row["reasons"]}
    return by_rule[min(rules)] if rules and rules <= by_rule.keys() else None


def _no_longer_warned(household: str, row: Mapping[str, Any] | None, before: Before) -> Judged:
    area, members = before.areas[household]
    change = Change.LEFT
    if row is not None:
        area, members = row["area_code"], row["members"]
        change = Change.NOW_UNVERIFIED if row["status"] == UNVERIFIED else Change.CLEARED
    return Judged(household, area, members, None, before.levels[household], change, State.NOTE, row=row)
