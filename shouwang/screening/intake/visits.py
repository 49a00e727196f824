"""What visits found, one fact a row: a value is read as its fact is stored."""

from collections.abc import Mapping

import ibis
from ibis import Table, Value

from shouwang.rules.vocabulary import Kind, Vocabulary

YES_NO = {"yes": True, "no": False, "true": True, "false": False, "是": True, "否": False}
UNKNOWN_FACT = "没有这个事实,或它不能由入户核实"
WRONG_VALUE = "不是这个事实的值(金额以元计;是否写 yes/no)"


def typed_columns(raw: Table, vocabulary: Vocabulary) -> dict[str, Value]:
    """`number` and `word`: the value as its fact is stored; one of them is null."""
    return {"number": _number(raw, vocabulary), "word": _word(raw, vocabulary)}


def faults(columns: Mapping[str, Value], vocabulary: Vocabulary, *, first_bit: int) -> Value:
    """Two bits: a fact nobody knows; a value that is none of its fact's."""
    known = columns["fact"].isin(_verifiable(vocabulary)).fill_null(False)
    unread = columns["number"].isnull() & columns["word"].isnull()
    wrong = ibis.cases((~known, first_bit), (unread, first_bit << 1), else_=0)
    return wrong.cast("int32")


def faults_of_bits(first_bit: int) -> list[tuple[int, str, str]]:
    """Bit, column, and what is told about it."""
    return [(first_bit, "fact", UNKNOWN_FACT), (first_bit << 1, "value", WRONG_VALUE)]


def _verifiable(vocabulary: Vocabulary) -> list[str]:
    return [spec.name for spec in vocabulary if spec.kind is not Kind.SET]


def _number(rows: Table, vocabulary: Vocabulary) -> Value:
    """The stored whole number of a numeric fact; null for other facts and where it is none."""
    scales = {spec.name: spec.scale for spec in vocabulary if spec.kind is Kind.NUMBER}
    scale = rows.fact.cases(*((name, ibis.literal(s, "int64")) for name, s in scales.items()), else_=ibis.null("int64"))
    exact = rows.value.try_cast("decimal(14,3)") * scale.cast("decimal(3,0)")
    whole = exact.cast("int64")
    return ibis.ifelse(whole == exact, whole, ibis.null("int64"))


def _word(rows: Table, vocabulary: Vocabulary) -> Value:
    """`yes`/`no` or the category of a fact that is no number; null where it is none of its words."""
    value = rows.value.strip()
    branches = []
    for spec in vocabulary:
        if spec.kind is Kind.YES_NO:
            words = {w: "yes" if yes else "no" for w, yes in YES_NO.items()}
            branches.append((rows.fact == spec.name, value.lower().cases(*words.items(), else_=ibis.null("string"))))
        elif spec.kind is Kind.CATEGORY:
            branches.append((rows.fact == spec.name, ibis.ifelse(value.isin(list(spec.options)), value, ibis.null("string"))))
    return ibis.cases(*branches, else_=ibis.null("string"))
