"""What visits found, one fact a row: a value is read as its fact is stored."""

from collections.abc import Mapping

import ibis
import pyarrow as pa
from ibis import Table, Value

from shouwang.rules.vocabulary import Kind, Vocabulary

YES_NO = {"yes": "yes", "no": "no", "true": "yes", "false": "no", "是": "yes", "否": "no"}
UNKNOWN_FACT = "没有这个事实，或它不能由入户核实"
WRONG_VALUE = "不是这个事实的值（金额以元计；是否写 yes/no）"


def looked_up(raw: Table, vocabulary: Vocabulary) -> Table:
    """Raw rows with `scale` of their fact (0 where it is no number, null where nobody knows it) and their `word`."""
    facts = [
        {"known_fact": spec.name, "scale": spec.scale if spec.kind is Kind.NUMBER else 0}
        for spec in vocabulary
        if spec.kind is not Kind.SET
    ]
    words = [
        {"word_of": spec.name, "written": written, "word": word}
        for spec in vocabulary
        for written, word in _words(spec.kind, spec.options).items()
    ]
    known, spelled = (ibis.memtable(pa.Table.from_pylist(rows)) for rows in (facts, words))
    written = raw.value.cast("string").strip()
    with_fact = raw.left_join(known, raw.fact == known.known_fact)
    found = with_fact.left_join(spelled, (with_fact.fact == spelled.word_of) & (written == spelled.written))
    return found.view()  # closed: Ibis would add a later join to these two, and no longer find the columns


def _words(kind: Kind, options: Mapping[str, object]) -> dict[str, str]:
    if kind is Kind.YES_NO:
        return YES_NO
    return {option: option for option in options} if kind is Kind.CATEGORY else {}


def typed_columns(raw: Table) -> dict[str, Value]:
    """`number` (the stored whole number) and `word` (`yes`, `no` or a category); one of them is null."""
    exact = raw.value.cast("string").try_cast("decimal(18,6)") * raw.scale.cast("decimal(3,0)")
    whole = exact.cast("int64")
    return {"number": ibis.ifelse((raw.scale > 0) & (whole == exact), whole, ibis.null("int64")), "word": raw.word}


def faults(raw: Table, *, first_bit: int) -> Value:
    """Two bits: a fact nobody knows; a value that is none of its fact's."""
    read = typed_columns(raw)
    unread = read["number"].isnull() & read["word"].isnull()
    return ibis.cases((raw.scale.isnull(), first_bit), (unread, first_bit << 1), else_=0).cast("int32")


def faults_of_bits(first_bit: int) -> list[tuple[int, str, str]]:
    """Bit, column, and what is told about it."""
    return [(first_bit, "fact", UNKNOWN_FACT), (first_bit << 1, "value", WRONG_VALUE)]
