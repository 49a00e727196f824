"""What the tree of a policy says of one household: sentences, what is missing, what would change it."""

from collections.abc import Mapping

from shouwang.rules.change_sentences import change_sentences
from shouwang.rules.counterfactual import missing, what_would_change
from shouwang.rules.display import unit_text, value_text
from shouwang.rules.policy import Policy
from shouwang.rules.sentences import inputs, is_missing, rule_sentence, unverified_sentence
from shouwang.rules.tree import Derived, Node, children, is_condition, used
from shouwang.rules.vocabulary import Facts, FactSpec
from shouwang.screening.explain.explanation import Missing, Said, Value
from shouwang.screening.explain.sources import COMPUTED, office_of, source_of
from shouwang.screening.explain.stored import Row, Words
from shouwang.terms.level import Level

Thing = FactSpec | Derived


class Told:
    """What the tree of the installed policy says of the household; only where it is the policy of the run."""

    def __init__(self, policy: Policy, facts: Facts, verdict: Row, row: Row, words: Words) -> None:
        self._policy, self._facts, self._verdict, self._row, self._words = policy, facts, verdict, row, words

    def sentence(self) -> Said | None:
        """The whole sentence of a warned or unverified household."""
        if self._verdict["status"] == "unverified":
            return Said(*(unverified_sentence(self._policy, self._facts, lang) for lang in ("zh", "en")))
        spoken = [self.rule_sentence(reason["rule"]) for reason in self._verdict["reasons"]]
        return Said("；".join(one.zh for one in spoken), "; ".join(one.en for one in spoken)) if spoken else None

    def rule_sentence(self, code: str) -> Said:
        rule = self._policy.rule(code)
        return Said(*(rule_sentence(self._policy, rule, self._facts, lang) for lang in ("zh", "en")))

    def changes(self) -> tuple[Said, ...]:
        found = what_would_change(self._policy, self._facts)
        pairs = zip(change_sentences(found, "zh"), change_sentences(found, "en"), strict=True)
        return tuple(Said(*pair) for pair in pairs)

    def depths(self, code: str) -> Mapping[str, int]:
        rule = self._policy.rule(code)
        found: dict[str, int] = {}
        for node in (rule.when, *(variant.condition for variant in rule.variants if variant.condition)):
            _note_depths(node, 0, found)
        return found

    def missing(self) -> tuple[Missing, ...]:
        """What is unknown and keeps the household from a verdict, or from a sure one."""
        things = self._sought() if self._verdict["status"] == "graded" else self._wanted()
        return tuple(self._missing(thing) for thing in dict.fromkeys(things) if not self.is_unneeded(thing.name))

    def _sought(self) -> list[Thing]:
        rules = [self._policy.rule(code) for code in self._verdict["could_be_worse"]]
        return [thing for rule in rules for thing in missing(rule, self._facts)]

    def _wanted(self) -> list[Thing]:
        return [wanted.thing for wanted in self._policy.wanted if is_missing(wanted, self._facts)]

    def _missing(self, thing: Thing) -> Missing:
        asked = [thing] if isinstance(thing, FactSpec) else [one for one in inputs(thing) if isinstance(one, FactSpec)]
        who = dict.fromkeys(office_of(self._row.get(f"{one.name}__source")) for one in asked)
        return Missing(self._words.names[thing.name], tuple(who), is_unusable=isinstance(thing, Derived))

    def is_unneeded(self, name: str) -> bool:
        """Whether all that is reckoned from an unknown fact is known without it."""
        users = [one for one in self._policy.derived if any(name == inner.name for inner in used(one.expression))]
        nearest = [one for one in users if not any(other in used(one.expression) for other in users)]
        return bool(nearest) and all(value_text(one, self._facts) is not None for one in nearest)

    def standing(self) -> tuple[Value, ...]:
        if self._verdict["level"] != Level.V:
            return ()
        return tuple(self._value(thing) for thing in _spoken_of(self._policy.green))

    def _value(self, thing: Thing) -> Value:
        """With the evidence the grading gives: of a derived fact the oldest date of what it is reckoned from."""
        facts = [thing] if isinstance(thing, FactSpec) else inputs(thing)
        dates = [day for one in facts if (day := self._row.get(f"{one.name}__as_of"))]
        as_of, text = min(dates, default=None), value_text(thing, self._facts)
        told_by = COMPUTED if isinstance(thing, Derived) else self._row.get(f"{thing.name}__source")
        source = source_of({"value": text, "as_of": as_of, "source": told_by})
        return Value(thing.name, text, unit_text(thing), as_of, source)


def _spoken_of(condition: Node) -> list[Thing]:
    """Facts and reckoned numbers of a condition; a derived condition stands for the facts in it."""
    if isinstance(condition, Derived) and not is_condition(condition):
        return [condition]
    named = getattr(condition, "spec", None)
    below = [thing for child in children(condition) for thing in _spoken_of(child)]
    return list(dict.fromkeys([*([named] if named is not None else []), *below]))


def _note_depths(node: Node, depth: int, found: dict[str, int]) -> None:
    named = node if isinstance(node, Derived) else getattr(node, "spec", None)
    if named is not None:
        found.setdefault(named.name, depth)
    for child in children(node):
        _note_depths(child, depth + isinstance(node, Derived), found)
