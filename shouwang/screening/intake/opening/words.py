"""Words that tell a header, a total, a signature or a note from a row of data."""

import re
from functools import cache

from shouwang.screening.datasets import CATALOGUE, PERSON_COLUMNS
from shouwang.terms.writing import plain, unseen_removed

_UNIT = re.compile(r"[(\[](?:单位:?)?(亿元|万元|千元|百元|元|公里|千米|米|天|日|月|次|岁|人|平方米|㎡|亩)[)\]]$")
TOTAL = re.compile(
    r"^(本页|本月|本年|本期|全[省市县区镇乡村])?(合计|总计|小计|共计|累计)([:(].*)?$|^.{1,12}(小计|合计|总计)$"
)
SIGNATURE = re.compile(
    r"^(填表人?|填报人?|制表人?|审核人?|复核人?|审批人?|经办人?|联系人|联系电话|(单位|部门|分管|主管)?负责人|主管领导|领导签字"
    r"|(填报|报送|填表|制表)?单位(\(?盖章\)?|\(?公章\)?)?|\(?盖章\)?|(填报|填表|制表|报送|打印|导出)(日期|时间))(\([^)]*\))?(:.*)?$"
)
NOTE = re.compile(r"^(备注|附注|注|说明|填表说明|注意|数据来源|统计口径)\d?([:.、].*)$|^[*※].+")
_DAY = re.compile(r"日期|时间|生日|年月|日(?:$|\()|date", re.IGNORECASE)
_VALUE = re.compile(r"\d{4,}|^[-+¥]?[\d,.]+[%元万]*$|^\d{1,4}[-/.年]\d{1,2}")


def without_unit(header: str) -> tuple[str, str]:
    """A header of half-width signs and the unit in brackets behind it: 总费用(万元) → 总费用, 万元."""
    found = _UNIT.search(header)
    return (header[: found.start()], found.group(1)) if found and found.start() else (header, "")


@cache
def known_headers() -> frozenset[str]:
    """Every header of every dataset, plainly written."""
    columns = [*(c for dataset in CATALOGUE.values() for c in dataset.columns), *PERSON_COLUMNS]
    return frozenset(plain(header) for column in columns for header in column.headers)


def is_known_header(cell: str) -> bool:
    """True for a header of some dataset, however it is written."""
    if cell in known_headers():
        return True
    word = unseen_removed(cell)
    word = plain(word)
    return word in known_headers() or without_unit(word)[0] in known_headers()


def is_value(cell: str) -> bool:
    """True for what stands in rows, never in headers: numbers, dates, ids."""
    return bool(_VALUE.search(unseen_removed(cell)))


def is_about_days(header: str) -> bool:
    """True for the header of a column of days, as far as its words tell: 赔付日期, 到期日(必填)."""
    return bool(_DAY.search(plain(header)))


def is_total(cell: str) -> bool:
    """True where the first words of a row say that it sums up others."""
    return bool(TOTAL.search(plain(cell)))


def is_signature(cell: str) -> bool:
    """True for the words people sign below."""
    return bool(SIGNATURE.search(plain(cell)))


def is_note(cell: str) -> bool:
    """True for words that open a remark below the table."""
    return bool(NOTE.search(plain(cell)))
