"""What a stored sentence says in English is what the policy would have said in English of the same household."""

from hypothesis import given
from hypothesis import strategies as st

from rules.random_trees import AGREE, conditions, households
from rules.small_policy import GREEN, small_policy
from shouwang.rules.policy import Rule, Variant
from shouwang.rules.retelling import Retelling
from shouwang.rules.sentences import rule_sentence, unverified_sentence
from shouwang.terms.level import Level

POLICY = small_policy()
KNOWN = Retelling([POLICY])
SEEDS = st.integers(0, 10_000)


class OfOneRule:
    """As much of a policy as a retelling asks for."""

    def __init__(self, when, *variants):
        made_up = (None, None, "made up", "reading", "", when, variants)
        self.rules = (Rule("r", Level.III, "某规则", "some rule", *made_up),)
        self.vocabulary = self.derived = self.signs = self.national_types = ()


@AGREE
@given(when=conditions(3), variant=conditions(1), seed=SEEDS)
def test_sentences_of_random_rules_are_retold(when, variant, seed):
    of_rule = OfOneRule(when, Variant("甲", "甲", "the first", variant), Variant("乙", "乙", "the others", None))
    known = Retelling([of_rule])
    for facts in households(seed, 20):
        zh, en = (rule_sentence(POLICY, of_rule.rules[0], facts, lang) for lang in ("zh", "en"))
        assert known.sentence(zh) == en


def test_sentences_of_a_policy_are_retold():
    for facts in households(7, 500):
        zh, en = ([rule_sentence(POLICY, rule, facts, lang) for rule in POLICY.rules] for lang in ("zh", "en"))
        assert KNOWN.sentence("；".join(zh)) == "; ".join(en)
        visited, why = (unverified_sentence(POLICY, facts, lang) for lang in ("zh", "en"))
        assert KNOWN.sentence(visited) == why


def test_nothing_that_calls_for_a_visit_is_retold():
    zh, en = (unverified_sentence(POLICY, GREEN, lang) for lang in ("zh", "en"))
    assert KNOWN.sentence(zh) == en == "To verify: what is known does not meet level Ⅴ"


def test_what_no_policy_says_stays():
    assert KNOWN.sentence("房子漏雨；借了钱") == "房子漏雨; 借了钱"
    assert KNOWN.sentence("待核实：有人来过") == "To verify: 有人来过"
    assert KNOWN.name("张三") == "张三"


def test_names_are_english():
    assert [KNOWN.name(one.label) for one in POLICY.national_types] == [one.en for one in POLICY.national_types]
