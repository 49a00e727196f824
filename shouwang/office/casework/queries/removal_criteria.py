"""Whether the risk of a household may be called removed: every criterion with its answer and why. Unknown blocks.

`eligibility(case, on)` is asked by the transitions `propose-removal` and `remove`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from shouwang.office.casework.measure_steps import IMPLEMENTED
from shouwang.office.casework.models import Case, Measure
from shouwang.office.casework.queries.help_facts import facts_on, policy_on, rule_name, sheets_of
from shouwang.office.registry.values import fact_name
from shouwang.office.warnings.models import Warning
from shouwang.office.web.speaking import aside, clauses, listed
from shouwang.policy.help_figures import figure
from shouwang.rules.display import number_shown
from shouwang.rules.evaluate import evaluate, number, truth
from shouwang.rules.policy import Policy
from shouwang.rules.sentences import is_unknown
from shouwang.rules.tree import Derived, Node, children, used
from shouwang.rules.vocabulary import Facts, FactSpec
from shouwang.terms.months import months_after
from shouwang.terms.unknown import Truth


@dataclass(frozen=True)
class Criterion:
    """One condition of removal. `answer`: true, false, or None where it is unknown."""

    code: str
    title: str
    answer: Truth
    why: str


@dataclass(frozen=True)
class Eligibility:
    """All criteria. Only where every answer is yes may a removal be proposed."""

    criteria: tuple[Criterion, ...]

    @property
    def is_met(self) -> bool:
        return all(criterion.answer is True for criterion in self.criteria)

    @property
    def open(self) -> tuple[Criterion, ...]:
        """What stands against it: answered no, or unknown."""
        return tuple(criterion for criterion in self.criteria if criterion.answer is not True)

    @property
    def without_labour(self) -> bool:
        """The whole household is known to have no labour: it is not marked as removed for the time being."""
        return any(criterion.code == "labour" and criterion.answer is False for criterion in self.criteria)

    def sentence(self) -> str:
        """What is missing, for a refusal."""
        return clauses(aside(criterion.title, criterion.why) for criterion in self.open)


def eligibility(case: Case, on: date) -> Eligibility:
    """Every criterion of removal on a day, from the facts that count now.

    Unknown: a criterion that cannot be decided is None, and blocks.
    Source: 弋江、枞阳、楚雄公开口径；“整户无劳动力暂不标注”出自弋江和海南口径。
    """
    return eligibilities([case], on)[case.pk]


def eligibilities(cases: Sequence[Case], on: date) -> dict[int, Eligibility]:
    """The same for many cases, by their number, in as many queries as for one."""
    policy, sheets = policy_on(on), sheets_of(case.household_id for case in cases)
    facts = {case.pk: facts_on(sheets.get(case.household_id), on) for case in cases}
    return _judged(cases, on, policy=policy, facts=facts)


def judged(case: Case, on: date, *, policy: Policy, facts: Facts) -> Eligibility:
    """Of one case, for who has the policy and the facts at hand."""
    return _judged([case], on, policy=policy, facts={case.pk: facts})[case.pk]


def _judged(cases: Sequence[Case], on: date, *, policy: Policy, facts: Mapping[int, Facts]) -> dict[int, Eligibility]:
    answered, warned = _answered_rules(cases), _warned_since_inclusion(cases, on)
    return {
        case.pk: _one(case, on, policy, facts[case.pk], answered=answered[case.pk], is_warned=case.pk in warned)
        for case in cases
    }


def _one(case: Case, on: date, policy: Policy, facts: Facts, *, answered: Set[str], is_warned: bool) -> Eligibility:
    return Eligibility(
        (
            _labour(facts),
            _long_enough(case, on),
            _measures(case, policy, answered),
            _income_known(policy, facts),
            _income_above(policy, facts),
            _rules_quiet(policy, facts),
            _guarantees(policy, facts),
            _no_new_warning(case, is_warned=is_warned),
        )
    )


def _labour(facts: Facts) -> Criterion:
    title, units = _("家中有劳动力"), facts.get("labour_units")
    if units is None:
        return Criterion("labour", title, None, _("劳动力情况未知"))
    if not units:
        return Criterion("labour", title, False, _("整户无劳动力，暂不标注风险消除，落实保障后继续跟踪"))
    return Criterion("labour", title, True, _("有劳动力"))


def _long_enough(case: Case, on: date) -> Criterion:
    months = figure("removed_after", on)
    title = _("纳入满 %(months)s 个月") % {"months": months}
    if case.included_on is None:
        return Criterion("months", title, False, _("还没有纳入"))
    day = months_after(case.included_on, months)
    return Criterion("months", title, on >= day, _("到 %(day)s 满") % {"day": day.isoformat()})


def _answered_rules(cases: Sequence[Case]) -> defaultdict[int, set[str]]:
    """By case the rules a measure that runs or is done answers."""
    found: defaultdict[int, set[str]] = defaultdict(set)
    rows = Measure.objects.filter(case__in=cases, status__in=IMPLEMENTED)
    for case_id, rule in rows.values_list("case_id", "rule"):
        found[case_id].add(rule)
    return found


def _measures(case: Case, policy: Policy, answered: Set[str]) -> Criterion:
    title = _("每项风险都有一项以上已实施的措施")
    missing = [code for code in case.rules if code not in answered]
    if missing:
        return Criterion("measures", title, False, _("没有措施：%(rules)s") % {"rules": _names(policy, missing)})
    return Criterion("measures", title, bool(answered), _("已有措施") if answered else _("没有一项措施实施"))


def _income_known(policy: Policy, facts: Facts) -> Criterion:
    value = _amount(policy.named("current_income"), facts)
    months = {"months": int(policy.parameters["income_max_age"].number)}
    title = _("收入清楚，且不超过 %(months)s 个月") % months
    if value is None:
        return Criterion("income", title, None, _("收入没有数，或已超过 %(months)s 个月") % months)
    return Criterion("income", title, True, _("纯收入 %(amount)s 元") % {"amount": value})


def _income_above(policy: Policy, facts: Facts) -> Criterion:
    """Strictly above the range of the year: exactly on it is not."""
    title = _("人均参考收入高于当年监测范围")
    income, line = _amount(policy.named("reference_income"), facts), _amount(_line(policy), facts)
    if income is None or line is None:
        return Criterion("above", title, None, _("参考收入算不出来"))
    why = _("参考收入 %(income)s 元，范围 %(line)s 元") % {"income": income, "line": line}
    return Criterion("above", title, _is_above(policy, facts), why)


def _amount(thing: FactSpec | Derived, facts: Facts) -> str | None:
    """With thousands separated. Unknown: None."""
    value = number(thing, facts)  # type: ignore[arg-type]
    return None if value is None else number_shown(value, thing.unit)


def _line(policy: Policy) -> Derived:
    found = policy.named("monitoring_line")
    assert isinstance(found, Derived)
    return found


def _is_above(policy: Policy, facts: Facts) -> Truth:
    income, line = number(policy.named("reference_income"), facts), number(_line(policy), facts)  # type: ignore[arg-type]
    return None if income is None or line is None else income > line


def _rules_quiet(policy: Policy, facts: Facts) -> Criterion:
    title = _("风险已稳定消除，没有规则再触发")
    found = {rule.code: truth(rule.when, facts) for rule in policy.rules}
    fired = [code for code, answer in found.items() if answer is True]
    unknown = [code for code, answer in found.items() if answer is None]
    if fired:
        return Criterion("rules", title, False, _("仍触发：%(rules)s") % {"rules": _names(policy, fired)})
    if unknown:
        why = _("还不能判断：%(rules)s，缺：%(facts)s") % {
            "rules": _names(policy, unknown),
            "facts": _lacking([policy.rule(code).when for code in unknown], facts),
        }
        return Criterion("rules", title, None, why)
    return Criterion("rules", title, True, _("按现有数据都不触发"))


def _guarantees(policy: Policy, facts: Facts) -> Criterion:
    answer = truth(policy.guarantees_met, facts)
    title = _("义务教育、医疗、住房、饮水和吃穿都有保障")
    if answer is None:
        lacking = _lacking([policy.guarantees_met], facts)
        return Criterion("guarantees", title, None, _("情况不明：%(facts)s") % {"facts": lacking})
    return Criterion("guarantees", title, answer, _("都已落实") if answer else _("有一项以上未落实"))


def _warned_since_inclusion(cases: Sequence[Case], on: date) -> set[int]:
    """Cases with a new or worse warning since inclusion that is unanswered; the county's own question is told apart."""
    asked = {case.household_id: case for case in cases if case.included_on and not case.recheck_due_on}
    if not asked:
        return set()
    rows = Warning.objects.filter(household__in=asked, publication__published_on__lte=on).order_by("publication_id")
    told: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
    for home, day, change, state in rows.values_list("household_id", "publication__published_on", "change", "state"):
        if day > asked[home].included_on:
            told[asked[home].pk].append((change, state))
    return {case_id for case_id, warnings in told.items() if _unanswered(warnings)}


def _no_new_warning(case: Case, *, is_warned: bool) -> Criterion:
    """What is more severe than the confirmed level the county answers, the rest a later screening too."""
    title = _("没有新的未答复预警")
    if case.included_on is None:
        return Criterion("warnings", title, None, _("还没有纳入"))
    if case.recheck_due_on:
        return Criterion("warnings", title, False, _("有比认定更重的预警，县级还没有定级别"))
    return Criterion("warnings", title, not is_warned, _("纳入后又有新的或加重的预警") if is_warned else _("没有"))


def _unanswered(warnings: Iterable[tuple[str, str]]) -> bool:
    """Whether one of the warnings, the oldest first, is new or worse, and nobody and no later screening answered it."""
    is_open = False
    for change, state in warnings:
        if change == Warning.Change.CLEARED:
            is_open = False
        elif change in (Warning.Change.NEW, Warning.Change.WORSE):
            is_open = is_open or state in (Warning.State.OPEN, Warning.State.JOINED)
    return is_open


def _lacking(conditions: Iterable[Node], facts: Facts) -> str:
    """The facts somebody has to find out, by name."""
    return listed(dict.fromkeys(fact_name(spec) for node in conditions for spec in _unknown(node, facts)))


def _unknown(node: Node, facts: Facts) -> Iterator[FactSpec]:
    """The unknown facts a node hangs on; not those of a derived fact that is known without them."""
    if isinstance(node, Derived) and evaluate(node, facts) is not None:
        return
    specs = [thing for thing in used(node) if isinstance(thing, FactSpec)] if not children(node) else []
    yield from (spec for spec in specs if is_unknown(spec, facts))
    for child in children(node):
        yield from _unknown(child, facts)


def _names(policy: Policy, rules: Iterable[str]) -> str:
    return listed(rule_name(policy, code) for code in rules)
