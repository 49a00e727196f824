"""Which columns of a department file say who a row is about."""

from dataclasses import dataclass

_NAMES = ("姓名", "户主姓名")
_IDS = ("证件号码", "户主证件号码", "残疾证号")


@dataclass(frozen=True)
class Who:
    """The places of the two columns."""

    name: int
    id_number: int


def who(headers: list[str]) -> Who | None:
    """None for files about no person."""
    names = [place for place, header in enumerate(headers) if header in _NAMES]
    ids = [place for place, header in enumerate(headers) if header in _IDS]
    return Who(names[0], ids[0]) if names and ids else None
