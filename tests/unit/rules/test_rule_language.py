"""What may be written in a rule, and what is refused when it is built, with file and line."""

import re
from datetime import date

import pytest

from rules.small_policy import DERIVED, FIGURES, OUTLINE, RULES, VOCABULARY, small_policy
from shouwang.rules.assembly import assemble
from shouwang.rules.definitions import derived, fires, national_type, rule, sign, variant
from shouwang.rules.household import Figures, Household
from shouwang.rules.language import Claim, Quantity, by, first_known, unknown_when
from shouwang.rules.parameters import read_parameters
from shouwang.rules.tree import AllOf, AnyOf, Arithmetic, Choice, Comparison, Figure, Not, Zero, unit_of
from shouwang.rules.wording import CODE, write
from shouwang.terms.errors import ProgrammingError

DAY = date(2020, 6, 30)
PARAMETERS = read_parameters([FIGURES], DAY)
P = Figures(PARAMETERS)
H = Household(VOCABULARY, {d.name: d for d in DERIVED}, P)
HERE = re.escape(__file__)


def assemble_with(**changed):
    given = {"in_force": DAY, "vocabulary": VOCABULARY, "parameters": PARAMETERS, "derived": DERIVED, "rules": RULES}
    return assemble(OUTLINE, **(given | changed))


def formula(expression):
    return write(expression.node, CODE)


def test_operators_build_the_tree():
    assert (
        formula(H.net_income + H.insurance_claims - H.rigid_spending)
        == "(net_income + insurance_claims) − rigid_spending"
    )
    assert (
        formula(p_times() >= H.net_income / H.members) == "(p.line_multiple × p.poverty_line) ≥ (net_income ÷ members)"
    )
    assert formula((H.members > 0) & ~H.water_safe) == "members > 0 & ~(water_safe)"
    assert formula(0 - H.net_income) == "0 − net_income"


def p_times():
    return P.line_multiple * P.poverty_line


def test_sums_drop_zero():
    assert formula(sum([H.net_income, H.rigid_spending])) == "net_income + rigid_spending"
    assert formula(H.net_income - 0) == "net_income"


def test_conditions_of_one_kind_are_flat():
    node = ((H.members > 0) & H.water_safe & H.earner_lost).node
    assert isinstance(node, AllOf)
    assert len(node.parts) == 3
    either = ((H.members > 0) | H.water_safe | H.earner_lost).node
    assert isinstance(either, AnyOf)
    assert len(either.parts) == 3


def test_not_of_not_is_the_condition():
    assert isinstance((~H.water_safe).node, Not)
    assert (~~H.water_safe).node == H.water_safe.node


def test_units_of_results():
    assert unit_of((H.net_income / H.members).node) == "元/人"
    assert unit_of((H.net_income / H.rigid_spending).node) == "份额"
    assert unit_of((H.net_income / P.share_of_income).node) == "元"
    assert unit_of((P.share_of_income * H.net_income).node) == "元"
    assert unit_of((H.net_income * P.share_of_income).node) == "元"
    assert unit_of((P.share_of_income * P.line_multiple).node) == "倍"
    assert unit_of((0 - H.net_income).node) == "元"
    assert unit_of(first_known(0, H.net_income).node) == "元"
    assert unit_of(by(H.register, general=0, otherwise=H.net_income).node) == "元"
    assert unit_of(by(H.register, otherwise=0).node) is None
    assert unit_of(Arithmetic("/", Figure(PARAMETERS["grace_days"]), Zero())) == "天"


def test_by_covers_all_options():
    node = by(H.register, general=P.limit_general, otherwise=P.limit_registered).node
    assert isinstance(node, Choice)
    assert [label for label, _ in node.branches] == ["exited", "registered", "general"]


def test_conditions_may_be_chosen_hidden_and_replaced():
    assert isinstance(by(H.register, exited=H.water_safe, otherwise=H.earner_lost), Claim)
    assert isinstance(unknown_when(H.members > 0, H.water_safe), Claim)
    assert isinstance(first_known(H.water_safe, H.earner_lost), Claim)
    assert isinstance(first_known(H.net_income, 0), Quantity)


def test_settings_are_conditions():
    assert formula(P.count_transfers & H.water_safe) == "p.count_transfers & water_safe"


def test_derived_conditions_are_conditions():
    assert isinstance(H.guarantee_broken, Claim)
    assert isinstance(H.burden, Quantity)


REFUSED = {
    "a figure": (lambda: H.net_income < 5000, "figure in rule code.*p.<name>"),
    "a float": (lambda: H.net_income * 0.3, "figure in rule code"),
    "an unknown fact": (lambda: H.net_incom, "没有事实 h.net_incom.*net_income"),
    "a fact like no other": (lambda: H.zzz, "没有事实 h.zzz.*查拼写"),
    "an unknown parameter": (lambda: P.poverty_lin, "没有参数 p.poverty_lin.*poverty_line"),
    "a text parameter": (lambda: P.helper, "p.helper 是文字"),
    "and": (lambda: H.water_safe and H.earner_lost, r"use & \| ~"),
    "or of numbers": (lambda: H.net_income or H.members, r"use & \| ~"),
    "a chain": (lambda: 0 < H.members < P.members_lost, r"use & \| ~"),
    "not a category": (lambda: not H.register, r"use & \| ~"),
    "not a set": (lambda: not H.support, r"use & \| ~"),
    "unequal": (lambda: H.members != 0, r"~\(a == b\)"),
    "a category compared": (lambda: H.register == "exited", r"h.register.is_in"),
    "a condition compared": (lambda: H.water_safe == True, "~condition"),  # noqa: E712  it is the mistake
    "a wrong label": (lambda: H.register.is_in("poor"), "没有选项 poor.*exited、registered、general"),
    "no label": (lambda: H.register.is_in(), "没有选项"),
    "a wrong member": (lambda: H.support.contains("五保"), "没有选项 五保"),
    "by on a number": (lambda: by(H.members, otherwise=0), "不是类别事实"),
    "by with a gap": (lambda: by(H.register, exited=0), "没有说到 registered、general"),
    "by with too much": (lambda: by(H.register, exited=0, registered=0, general=0, otherwise=0), "永远用不到"),
    "by of a wrong label": (lambda: by(H.register, poor=0, otherwise=0), "没有选项 poor"),
    "by of two kinds": (lambda: by(H.register, exited=H.water_safe, otherwise=0), "都用数或都用条件"),
    "by of two units": (lambda: by(H.register, exited=0, registered=H.members, general=H.net_income), "units differ"),
    "first known of two kinds": (lambda: first_known(H.members, H.water_safe), "都用数或都用条件"),
    "yuan and people": (lambda: H.net_income + H.members, "units differ.*元 与 人"),
    "yuan below yuan per person": (lambda: H.net_income < P.poverty_line, "units differ.*元 与 元/人"),
    "yuan times people": (lambda: H.net_income * H.members, "只能乘以份额或倍"),
    "times zero": (lambda: H.net_income * 0, "乘以 0"),
    "zero times": (lambda: 0 * H.net_income, "乘以 0"),
    "over zero": (lambda: H.net_income / 0, "不能除"),
    "zero over": (lambda: 0 / H.net_income, "不能除"),
    "a ratio of ratios": (lambda: P.poverty_line / H.members, "没有意义"),
    "a condition as a number": (lambda: H.net_income + H.water_safe, "这里应是数"),
    "a text as a number": (lambda: H.net_income + "1", "这里应是数, 却是 str 1"),
    "a number as a condition": (lambda: H.water_safe & H.members, "这里应是条件.*use a comparison"),
    "a literal as a condition": (lambda: True & H.water_safe, "这里应是条件, 却是 bool True"),
    "a number or a condition": (lambda: 0 | H.water_safe, "这里应是条件"),
    "unknown when a number": (lambda: unknown_when(H.members, H.net_income), "这里应是条件"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_file_and_line(name):
    build, message = REFUSED[name]
    with pytest.raises(ProgrammingError, match=f"{HERE}:{build.__code__.co_firstlineno}: .*{message}"):
        build()


@rule(code="bad", level=1, since="2020-01-01", zh="坏", en="bad", source="made up", status="reading")
def returns_nothing(h, p):
    return None


@rule(code="worse", level=1, since="2020-01-01", zh="坏", en="bad", source="made up", status="reading")
def fires_on_a_number(h, p):
    return fires(when=h.members)


@derived(zh="甲", en="a", unit="元")
def circle_a(h, p):
    return h.circle_b


@derived(zh="乙", en="b", unit="元")
def circle_b(h, p):
    return h.circle_a


@derived(zh="丙", en="c", unit="元/人")
def wrong_unit(h, p):
    return h.net_income


@derived(zh="丁", en="d", unit="元")
def no_formula(h, p):
    return 0


@derived(zh="人口", en="members", unit="人")
def members(h, p):
    return h.labour_units


@sign(code="empty", zh="空", en="empty")
def empty_sign(h, p):
    return h.members


BROKEN = {
    "a rule without condition": ({"rules": [returns_nothing]}, "规则 bad 没有返回条件"),
    "a rule on a number": ({"rules": [fires_on_a_number]}, "规则 worse 没有返回条件"),
    "a circle": ({"derived": [*DERIVED, circle_a, circle_b]}, "cycle.*circle_a → circle_b → circle_a"),
    "a wrong unit": ({"derived": [*DERIVED, wrong_unit]}, "写明单位 元/人, 算出来是 元"),
    "no formula": ({"derived": [*DERIVED, no_formula]}, "no_formula 没有返回算式"),
    "a name taken": ({"derived": [*DERIVED, members]}, "派生事实与事实重名: members"),
    "two of one name": ({"rules": [*RULES, RULES[0]]}, "规则 sudden 在 2020-06-30 有两个同时有效"),
    "a sign on a number": ({"signs": [empty_sign]}, "没有返回条件"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_definitions_that_do_not_fit(name):
    changed, message = BROKEN[name]
    with pytest.raises(ProgrammingError, match=rf"\.py:\d+: .*{message}"):
        assemble_with(**changed)


def given(**changed):
    good = {"code": "x", "level": 1, "since": "2020-01-01", "zh": "x", "en": "x", "source": "x", "status": "reading"}
    return good | changed


@pytest.mark.parametrize(
    ("build", "message"),
    [
        (lambda: rule(**given(status="rumour")), "status 是 'rumour'"),
        (lambda: rule(**given(level=6)), "level 是 6"),
        (lambda: rule(**given(since="June")), "不是日期"),
        (lambda: variant("v", zh="v", en="v", when=0), "variant v 的 when 不是条件"),
        (lambda: fires(when=H.water_safe, variants=(variant("v", zh="v", en="v", when=H.water_safe),)), "无条件的收尾"),
    ],
)
def test_decorators_refuse(build, message):
    with pytest.raises(ProgrammingError, match=f"{HERE}:\\d+: .*{message}"):
        build()


def test_dates_choose_the_definition():
    old = rule(**given(until="2020-06-30"))(lambda h, p: h.water_safe)
    new = rule(**given(since="2020-06-30"))(lambda h, p: h.earner_lost)
    assert [formula_of(r) for r in assemble_with(rules=[old, new]).rules] == ["earner_lost"]
    earlier = assemble_with(rules=[old, new], in_force=date(2020, 6, 29))
    assert [formula_of(r) for r in earlier.rules] == ["water_safe"]
    assert [t.label for t in small_policy(date(2021, 6, 30)).national_types] == ["脱贫不稳定户", "突发严重困难户"]


def formula_of(built):
    return write(built.when, CODE)


def test_a_callable_without_code_has_no_place():
    class Broken:
        def __call__(self, h, p):
            return None

    bad = national_type(label="x", en="x")(Broken())
    with pytest.raises(ProgrammingError, match=r"\?: 没有返回条件"):
        assemble_with(national_types=[bad])


def test_comparisons_keep_their_direction():
    for relation, built in {"<": H.members < 0, "<=": H.members <= 0, ">": H.members > 0, ">=": H.members >= 0}.items():
        assert isinstance(built.node, Comparison)
        assert built.node.relation == relation
