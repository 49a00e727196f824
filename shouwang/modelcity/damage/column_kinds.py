"""What a column of a department file holds, so that it is spelled as people spell such things."""

from enum import StrEnum

import pyarrow as pa

from shouwang.modelcity.damage.people_columns import who
from shouwang.modelcity.damage.spellings import words

_PLACES = ("县", "乡镇", "行政村")
_MEASURES = ("面积",)


class Kind(StrEnum):
    """Kinds of columns."""

    NAME = "name"
    ID = "id"
    DATE = "date"
    MONEY = "money"
    COUNT = "count"
    LABEL = "label"
    PLACE = "place"
    TEXT = "text"


def kind(field: pa.Field, headers: list[str]) -> Kind:
    """The kind of one of these columns."""
    about = who(headers)
    if about and field.name in (headers[about.name], headers[about.id_number]):
        return Kind.NAME if field.name == headers[about.name] else Kind.ID
    if pa.types.is_date(field.type):
        return Kind.DATE
    if pa.types.is_decimal(field.type) and field.name not in _MEASURES:
        return Kind.MONEY
    if pa.types.is_integer(field.type):
        return Kind.COUNT
    if field.name in _PLACES:
        return Kind.PLACE
    return Kind.LABEL if field.name in words("labels") else Kind.TEXT
