"""Facts → verdicts: rules, precedence, signs and the national type, as one expression over all households."""

from functools import reduce

import ibis
import ibis.expr.datatypes as dt
from ibis import Table, Value

from shouwang.rules.display import unit_text
from shouwang.rules.engine import as_of_expr, rule_sentence, source_expr, truth, unverified_sentence, value_text
from shouwang.rules.policy import Policy, Rule
from shouwang.screening.engine import Keep
from shouwang.terms.level import Level

REASON = "array<struct<rule: string, level: int32, values: array<struct<fact: string, value: string, unit: string, as_of: date, source: string>>>>"  # noqa: E501
TEXTS = "array<string>"
COLUMNS = (
    "household_id", "area_code", "register", "members", "level", "status", "signs", "national_type", "reasons",
    "could_be_worse", "asset_flags",
)  # fmt: skip
"""Of a verdict, in their order."""


def truths(policy: Policy, facts: Table) -> Table:
    """Every condition of the policy decided, beside the facts.

    Shape: the facts' rows and columns, with `rule__<code>`, `sign__<code>`, `national__<n>`, `green`, `watched`.
    Unknown: null.
    """
    conditions = {f"rule__{r.code}": r.when for r in policy.rules}
    conditions |= {f"sign__{s.code}": s.condition for s in policy.signs}
    conditions |= {f"national__{n}": kind.condition for n, kind in enumerate(policy.national_types)}
    conditions |= {"green": policy.green, "watched": policy.watched}
    return facts.mutate(**{name: truth(condition, facts) for name, condition in conditions.items()})


def _is_true(value: Value) -> Value:
    return value.fill_null(False)


def _any(values: list[Value]) -> Value:
    return reduce(lambda a, b: a | b, values, ibis.literal(False))


def _kept(marks: list[tuple[Value, Value]], kind: str) -> Value:
    """The values whose mark is true, in their order; built only for households that have one."""
    item = dt.dtype(kind).value_type
    values = [ibis.ifelse(_is_true(mark), value.cast(item), ibis.null(item)) for mark, value in marks]
    listed = ibis.array(values or [ibis.null(item)]).filter(lambda v: v.notnull())
    return ibis.ifelse(_any([_is_true(mark) for mark, _ in marks]), listed, ibis.literal([], type=kind))


def level_and_status(policy: Policy, decided: Table) -> tuple[Value, Value]:
    """Steps 1–4 of the verdict: the lowest true level; else green; else to be verified; else unassessed."""
    rules = [(decided[f"rule__{r.code}"], r.level) for r in policy.rules]
    branches = [(_is_true(fired), ibis.literal(int(level), "int32")) for fired, level in rules]
    no_unknown = reduce(lambda a, b: a & b, (fired.notnull() for fired, _ in rules))
    branches.append((_is_true(decided.green) & no_unknown, ibis.literal(int(Level.V), "int32")))
    level = ibis.cases(*branches, else_=ibis.null("int32"))
    risk = _any([_is_true(decided[f"sign__{s.code}"]) for s in policy.signs]) | _is_true(decided.watched)
    status = ibis.cases((level.notnull(), "graded"), (risk, "unverified"), else_="unassessed")
    return level, status


def _reason(rule: Rule, told: Table) -> Value:
    values = [
        ibis.struct(
            {
                "fact": ibis.literal(thing.name),
                "value": told[f"{thing.name}__text"],
                "unit": ibis.literal(unit_text(thing)),
                "as_of": told[f"{thing.name}__as_of"],
                "source": told[f"{thing.name}__source"],
            }
        )
        for thing in rule.used
    ]
    return ibis.struct(
        {"rule": ibis.literal(rule.code), "level": ibis.literal(int(rule.level), "int32"), "values": ibis.array(values)}
    )


def verdicts(policy: Policy, facts: Table, keep: Keep) -> Table:
    """One row per household, sorted by household_id, in the columns of the contract (design.md §5).

    Reasons are long to build and few households have any: they are built for those alone.
    """
    decided = keep(decisions(policy, facts), "decided")
    reasons = keep(reasons_of(policy, keep(evidence(policy, facts, decided), "evidence")), "reasons")
    joined = decided.left_join(reasons, "household_id")
    columns = {name: joined[name] for name in COLUMNS if name != "reasons"}
    columns["reasons"] = ibis.ifelse(joined.reasons.isnull(), ibis.literal([], type=REASON), joined.reasons)
    return joined.select(**{name: columns[name] for name in COLUMNS}).order_by("household_id")


def decisions(policy: Policy, facts: Table) -> Table:
    """What is decided of every household, without its reasons.

    Shape: one row per household: the columns of a verdict but `reasons`, and `rule__<code>`, null where unknown.
    """
    decided = truths(policy, facts)
    level, status = level_and_status(policy, decided)
    worse = [
        (decided[f"rule__{r.code}"].isnull() & _is_true(level > int(r.level)), ibis.literal(r.code))
        for r in policy.rules
    ]
    signs = [(decided[f"sign__{s.code}"], ibis.literal(s.code)) for s in policy.signs]
    national = [(_is_true(decided[f"national__{n}"]), kind.label) for n, kind in enumerate(policy.national_types)]
    return decided.select(
        *(f"rule__{rule.code}" for rule in policy.rules),
        household_id=decided.household_id,
        area_code=decided.area_code,
        register=decided.register,
        members=decided.members.cast("int32"),
        level=level,
        status=status,
        signs=_kept(signs, TEXTS),
        national_type=ibis.cases(*national, else_=ibis.null("string")) if national else ibis.null("string"),
        could_be_worse=_kept(worse, TEXTS),
        asset_flags=decided.asset_flags,
    )


def evidence(policy: Policy, facts: Table, decided: Table) -> Table:
    """What the rules use, in words, of the households of which a rule is true.

    Shape: household_id, `rule__<code>`; per fact used `<fact>__text`, `__as_of` and `__source`. A table of its own, as
    the words are long expressions and several rules use the same facts.
    """
    rules = [f"rule__{rule.code}" for rule in policy.rules]
    warned = decided.filter(_any([_is_true(decided[name]) for name in rules])).select("household_id", *rules)
    told = facts.inner_join(warned, "household_id")
    columns: dict[str, Value] = {}
    for name in dict.fromkeys(thing.name for rule in policy.rules for thing in rule.used):
        columns[f"{name}__text"] = value_text(policy, name, told)
        columns[f"{name}__as_of"] = as_of_expr(policy, name, told)
        columns[f"{name}__source"] = source_expr(policy, name, told)
    return told.select("household_id", *rules, **columns)


def reasons_of(policy: Policy, told: Table) -> Table:
    """Every rule that is true, with the values it used. Shape: one row per household of `evidence`, `reasons`."""
    fired = [(told[f"rule__{rule.code}"], _reason(rule, told)) for rule in policy.rules]
    return told.select("household_id", reasons=_kept(fired, REASON))


def to_tell(policy: Policy, facts: Table, verdicts: Table) -> Table:
    """The facts of warned and unverified households, with their `status` and every decided condition."""
    warned = (verdicts.level <= int(Level.IV)).fill_null(False)
    told = verdicts.filter(warned | (verdicts.status == "unverified")).select("household_id", "status")
    return truths(policy, facts.inner_join(told, "household_id"))


def parts_of_sentences(policy: Policy, told: Table) -> Table:
    """What there is to say of each household of `to_tell`, in a column per rule; null where there is nothing.

    Shape: household_id, `says__<rule>`, `says__unverified`. A table of its own, as the texts are long expressions.
    """
    spoken = {
        f"says__{r.code}": ibis.ifelse(
            _is_true(told[f"rule__{r.code}"]), rule_sentence(policy, r, told), ibis.null("string")
        )
        for r in policy.rules
    }
    unverified = ibis.ifelse(told.status == "unverified", unverified_sentence(policy, told), ibis.null("string"))
    return told.select("household_id", **spoken, says__unverified=unverified)


def sentences(parts: Table) -> Table:
    """One sentence per household. Shape: household_id, `sentence`."""
    said = [parts[name] for name in parts.columns if name.startswith("says__")]
    return parts.select("household_id", sentence=ibis.array(said).filter(lambda s: s.notnull()).join("；"))
