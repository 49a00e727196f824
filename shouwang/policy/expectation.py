"""What an example expects: a level and status, and where given rules, signs, national type and more."""

from collections.abc import Mapping

import yaml

from shouwang.policy.yaml_nodes import Place, entries, line_of, plain
from shouwang.rules.policy import Policy
from shouwang.terms.level import Level

Expected = Level | str | tuple[str, ...] | None

GRADED = "graded"
STATUSES = (GRADED, "unverified", "unassessed")
NULLABLE = ("level", "national_type", "variant")
LISTS = ("rules", "signs", "could_be_worse")


def expectation(node: yaml.Node, place: Place, policy: Policy) -> dict[str, Expected]:
    """What is expected, by key, lists sorted; faults are noted."""
    known, faults_before = _known(policy), len(place.faults)
    written = entries(node, place, of="expect")
    found: dict[str, Expected] = {}
    for key, value in written.items():
        if key not in known:
            place.fault(f"expect 里不认识 {key} (unknown key)", f"只用 {'、'.join(known)}", line=line_of(value))
        elif key in LISTS:
            found[key] = _codes(value, known[key], place, of=key)
        else:
            found[key] = _one(value, known[key], place, of=key)
    if len(place.faults) == faults_before:
        _check_agreement(found, place, line=line_of(node))
    return found


def _known(policy: Policy) -> Mapping[str, tuple[str, ...]]:
    """The values each key may have."""
    rules = tuple(rule.code for rule in policy.rules)
    return {
        "level": tuple(str(int(level)) for level in Level),
        "status": STATUSES,
        "rules": rules,
        "signs": tuple(sign.code for sign in policy.signs),
        "national_type": tuple(kind.label for kind in policy.national_types),
        "could_be_worse": rules,
        "variant": tuple(variant.code for rule in policy.rules for variant in rule.variants),
    }


def _one(node: yaml.Node, known: tuple[str, ...], place: Place, *, of: str) -> Expected:
    text = plain(node) if isinstance(node, yaml.ScalarNode) else ""
    if text is None and of in NULLABLE:
        return None
    if text not in known:
        written = str(text) if isinstance(node, yaml.ScalarNode) else "一列值"
        place.fault(
            f"{of} 没有 {written!r} 这一项 (unknown value)", f"用其中之一: {'、'.join(known)}", line=line_of(node)
        )
        return None
    return Level(int(str(text))) if of == "level" else text


def _codes(node: yaml.Node, known: tuple[str, ...], place: Place, *, of: str) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode):
        place.fault(f"{of} 不是一列代码 (a list was expected)", f"写作 [{known[0]}],没有则写 []", line=line_of(node))
        return ()
    return tuple(sorted({str(_one(part, known, place, of=of)) for part in node.value}))


def _check_agreement(found: Mapping[str, Expected], place: Place, *, line: int) -> None:
    """A level is graded; no level comes with the status that says why."""
    if "level" not in found:
        place.fault("expect 缺少 level (missing)", "写 level: 1–5;没有等级写 level: null 和 status:", line=line)
    elif found["level"] is None and found.get("status") in (None, GRADED):
        place.fault("level: null 没有相配的 status", "写 status: unverified 或 unassessed", line=line)
    elif found["level"] is not None and found.get("status", GRADED) != GRADED:
        place.fault("有等级的状态只能是 graded", "改正 level 或 status", line=line)
