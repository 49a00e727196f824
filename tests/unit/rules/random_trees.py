"""Random trees of every node kind, and random households with nulls, over the small vocabulary."""

import os
import random
from datetime import date
from fractions import Fraction
from zlib import crc32

import pyarrow as pa
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from rules.small_policy import VOCABULARY
from shouwang.rules.parameters import Parameter
from shouwang.rules.tree import (
    AllOf,
    AnyOf,
    Arithmetic,
    Called,
    Choice,
    Comparison,
    Contains,
    Derived,
    Figure,
    FirstKnown,
    IsIn,
    Not,
    NumberFact,
    Setting,
    UnknownWhen,
    YesNoFact,
    Zero,
)
from shouwang.rules.vocabulary import Kind

EXAMPLES = os.environ.get("SHOUWANG_EXAMPLES")
"""How many examples to draw anew; unset: few, and the same ones every time."""

AGREE = settings(
    max_examples=int(EXAMPLES or 60),
    derandomize=EXAMPLES is None,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)

UNITS = ("元", "元/人", "人", "份额", "次")
_OF_UNIT = {unit: [s for s in VOCABULARY if s.kind is Kind.NUMBER and s.unit == unit] for unit in UNITS}
_OF_KIND = {kind: [s for s in VOCABULARY if s.kind is kind] for kind in Kind}
_ARROW = {
    Kind.NUMBER: pa.int64(),
    Kind.YES_NO: pa.bool_(),
    Kind.CATEGORY: pa.string(),
    Kind.SET: pa.list_(pa.string()),
}
SCHEMA = pa.schema([(spec.name, _ARROW[spec.kind]) for spec in VOCABULARY])


def parameter(unit, value):
    text = str(value).replace("/", "_")
    return Parameter(
        f"p_{text}", unit, value, date(2020, 1, 1), "made up", "reading", f"参数{text}", f"figure {text}", "f", 1
    )


def figures(unit):
    texts = {"份额": ["0.30", "0.5", "1", "0", "-0.25"], "人": ["0", "1", "1.5", "4"]}
    texts = texts.get(unit, ["-100.01", "0", "0.01", "5000", "20000", "2"])
    return st.sampled_from(texts).map(lambda text: Figure(parameter(unit, Fraction(text))))


@st.composite
def numbers(draw, unit, depth):
    facts = [st.sampled_from(_OF_UNIT[unit]).map(NumberFact)] * 2 if _OF_UNIT[unit] else []
    if depth == 0:
        return draw(st.one_of(*facts, figures(unit), st.just(Zero())))
    below = numbers(unit, depth - 1)
    kinds = ["sum", "sum", "share", "scaled", "choice", "hidden", "first", "derived", "leaf", "ratio", "ratio"]
    kinds += ["ratio"] * 8 if unit in ("元/人", "份额") else []
    match draw(st.sampled_from(kinds)):
        case "sum":
            return Arithmetic(draw(st.sampled_from("+-")), draw(below), draw(below))
        case "share":
            pair = (draw(figures("份额")), draw(below))
            return Arithmetic("*", *(pair if draw(st.booleans()) else reversed(pair)))
        case "scaled":
            return Arithmetic("/", draw(below), draw(figures("份额")))
        case "choice":
            return draw(choices(below))
        case "hidden":
            return UnknownWhen(draw(conditions(depth - 1)), draw(below))
        case "first":
            return FirstKnown(draw(below), draw(below))
        case "derived":
            return derived(unit, draw(below))
        case "ratio":
            return draw(_ratios(unit, depth))
    return draw(numbers(unit, 0))


def derived(unit, expression):
    """A derived fact whose name tells its formula, so that one name never stands for two."""
    name = f"d_{crc32(repr((unit, expression)).encode())}"
    return Derived(name, f"派生{name[-4:]}", f"derived {name[-4:]}", unit, expression)


def _ratios(unit, depth):
    above, below = {"元/人": ("元", "人"), "份额": ("元", "元")}.get(unit, (unit, "份额"))
    return st.builds(Arithmetic, st.just("/"), numbers(above, depth - 1), numbers(below, 0))


def _leaves():
    category = st.sampled_from(_OF_KIND[Kind.CATEGORY])
    group = st.sampled_from(_OF_KIND[Kind.SET])
    labels = category.flatmap(
        lambda s: st.lists(st.sampled_from(list(s.options)), min_size=1, unique=True).map(lambda o: IsIn(s, tuple(o)))
    )
    members = group.flatmap(lambda s: st.sampled_from(list(s.options)).map(lambda o: Contains(s, o)))
    settings_ = st.booleans().map(lambda value: Setting(parameter("是否", value)))
    return st.one_of(st.sampled_from(_OF_KIND[Kind.YES_NO]).map(YesNoFact), labels, members, settings_)


@st.composite
def comparisons(draw, depth):
    unit = draw(st.sampled_from(UNITS))
    relation = draw(st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))
    return Comparison(relation, draw(numbers(unit, depth)), draw(numbers(unit, max(depth - 1, 0))))


@st.composite
def conditions(draw, depth):
    if depth == 0:
        return draw(_leaves())
    below = conditions(depth - 1)
    kinds = [
        "compare",
        "compare",
        "compare",
        "all",
        "any",
        "not",
        "choice",
        "hidden",
        "first",
        "called",
        "derived",
        "leaf",
    ]
    made = {
        "compare": lambda: draw(comparisons(depth - 1)),
        "all": lambda: AllOf(tuple(draw(st.lists(below, min_size=2, max_size=3)))),
        "any": lambda: AnyOf(tuple(draw(st.lists(below, min_size=2, max_size=3)))),
        "not": lambda: Not(draw(below)),
        "choice": lambda: draw(choices(below)),
        "hidden": lambda: UnknownWhen(draw(below), draw(below)),
        "first": lambda: FirstKnown(draw(below), draw(below)),
        "called": lambda: Called(draw(below), "某情形", "some case"),
        "derived": lambda: derived("是否", draw(below)),
        "leaf": lambda: draw(_leaves()),
    }
    return made[draw(st.sampled_from(kinds))]()


@st.composite
def choices(draw, below):
    spec = draw(st.sampled_from(_OF_KIND[Kind.CATEGORY]))
    pool = draw(st.lists(below, min_size=1, max_size=2))
    return Choice(spec, tuple((label, draw(st.sampled_from(pool))) for label in spec.options))


def households(seed, count, *, unknown=0.15):
    """Households with values on, beside and far from the figures; a share of them unknown."""
    rng = random.Random(seed)
    return [{spec.name: _value(spec, rng, unknown) for spec in VOCABULARY} for _ in range(count)]


def _value(spec, rng, unknown):
    if rng.random() < unknown:
        return None
    match spec.kind:
        case Kind.YES_NO:
            return rng.random() < 0.5
        case Kind.CATEGORY:
            return rng.choice(list(spec.options))
        case Kind.SET:
            return sorted(rng.sample(["?", *spec.options], rng.randrange(4)))
    if spec.unit == "元":
        low = -200_000 if spec.minimum is None else 0
        return rng.choice([0, 1, 499_999, 500_000, 500_001, 2_000_000, rng.randrange(low, 6_000_000)])
    return rng.choice([0, 1, 2, 3, 8, rng.randrange(40)])


def table_of(rows):
    return pa.Table.from_pylist(rows, schema=SCHEMA)
