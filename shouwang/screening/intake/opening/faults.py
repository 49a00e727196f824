"""How the opener refuses a file: one fault, with the cure."""

from shouwang.terms.errors import DataError, Fault

NO_HEADER = "没有表头"


def refusal(found: str, cure: str, name: str) -> DataError:
    """One fault of one file."""
    return DataError([Fault(found, cure, name)])


def no_header(name: str) -> DataError:
    """No row looks like a header; what stands there may be people, so it is not repeated."""
    return refusal(NO_HEADER, "加上一行表头，如：姓名、证件号码 ……", name)
