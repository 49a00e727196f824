"""The order of the to-verify list: what a visit could change, since visits are what there is least of. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shouwang.rules.policy import Policy
from shouwang.rules.sentences import UNVERIFIED

NO_RULE = 9
"""`could_be` of a household none of whose rules is open: a visit can only settle a sign."""


@dataclass(frozen=True)
class Ranked:
    """One household to be verified, with what a visit decides."""

    row: Mapping[str, Any]
    could_be: int
    open_rules: tuple[str, ...]
    unknown_facts: tuple[str, ...]
    sentence: str


def ranked(
    rows: Iterable[Mapping[str, Any]],
    *,
    open_rules: Mapping[str, list[str]],
    sentences: Mapping[str, str],
    policy: Policy | None,
) -> list[Ranked]:
    """Worst possible level first; then more signs of risk, fewer things to find out, more people. Last come those in
    which the register has nobody: it is to be put right before anybody walks there.

    Unknown: without the policy of the run no rule is known to be open, and signs and people alone order the list.
    """
    levels = {rule.code: int(rule.level) for rule in policy.rules} if policy else {}
    return sorted((_told(row, open_rules, sentences, levels) for row in rows), key=_order)


def _told(
    row: Mapping[str, Any], open_rules: Mapping[str, list[str]], sentences: Mapping[str, str], levels: Mapping[str, int]
) -> Ranked:
    rules = tuple(open_rules.get(row["household_id"], ()))
    sentence = sentences.get(row["household_id"], "")
    worst = min((levels[code] for code in rules), default=NO_RULE)
    return Ranked(row, worst, rules, unknown_facts(sentence), sentence)


def _order(one: Ranked) -> tuple[bool, int, int, int, int, str]:
    signs, people = len(one.row["signs"] or ()), one.row["members"] or 0
    return people == 0, one.could_be, -signs, len(one.unknown_facts), -people, one.row["household_id"]


def unknown_facts(sentence: str) -> tuple[str, ...]:
    """What the screening's own sentence lists as unknown; it is written with the same words."""
    words = UNVERIFIED["zh"]
    listed = sentence.partition(words.unknown)[2]
    return tuple(listed.split(words.comma)) if listed else ()
