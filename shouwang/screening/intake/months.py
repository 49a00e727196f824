"""Which month a file speaks of: its dates, else its title, else its name."""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum

from ibis import Table

from shouwang.screening.datasets import Dataset, Kind
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import cells
from shouwang.terms.errors import Fault
from shouwang.terms.period import Month

FEWEST_DATED = 3
"""Below this many dated rows a file says too little about its month."""
MOST_ELSEWHERE = 0.3
"""From this share of rows in a second month on, two months lie in one file; fewer are late entries."""
FEWEST_ELSEWHERE = 2
"""One row of another month is a late entry, however short the file."""
TWO_MONTHS = "每个文件只交一个月，按月分开再交"
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_MONTH = re.compile(r"(20\d\d)年?(?:度|[-_./])?(0?[1-9]|1[0-2])(?:月(份)?(?!\d{1,2}[日号])|(?=\D|$))")
_SIX_DIGITS = re.compile(r"(?<!\d)(20\d\d)(0[1-9]|1[0-2])(?!\d)")
_DAY = re.compile(r"20\d\d[年\-./_]\d{1,2}[月\-./_]\d{1,2}日?")
_APART = re.compile(r"\s*([年月日号])\s*")
_TEN = re.compile(r"十([一二])?(?=月)")


class MonthOf(Enum):
    """What the dates in a file say of the month it was put in."""

    ITS_OWN = 1
    TWO = 2
    OTHER = 3


def is_of_month(own: int, *, of: int) -> MonthOf:
    """What `own` rows dated in the file's month, of all dated rows, say."""
    if own * 2 < of:
        return MonthOf.OTHER
    is_two = own < of * (1 - MOST_ELSEWHERE) and of - own >= FEWEST_ELSEWHERE
    return MonthOf.TWO if is_two else MonthOf.ITS_OWN


@dataclass(frozen=True)
class Told:
    """A month, and who said so: dates, title, name or asked; what is wrong about it."""

    month: Month | None
    said_by: str
    faults: tuple[Fault, ...] = ()


def months_in(text: str) -> set[Month]:
    """The months a title or a file name speaks of; a day, as on which it was printed, is none."""
    close = _APART.sub(r"\1", unicodedata.normalize("NFKC", text))
    plainly = _TEN.sub(lambda found: f"1{found.group(1) or '0'}", close).translate(_DIGITS)
    plainly = _DAY.sub(" ", plainly)
    found = [*_MONTH.finditer(plainly), *_SIX_DIGITS.finditer(plainly)]
    return {Month(int(match.group(1)), int(match.group(2))) for match in found}


def month_of(
    db: DuckDB, dataset: Dataset, rows: Table, *, title: str, name: str, asked: Month | None, where: str
) -> Told:
    """The month of a file's rows. `asked`: what somebody claims. All contradictions are faults."""
    dated = _by_month(db, dataset, rows) if dataset.kind is not Kind.ROLL else {}
    by_dates, faults = _of_dates(dataset, dated, where)
    by_title, by_name = _only(months_in(title)), _only(months_in(name))
    said = [("dates", by_dates), ("title", by_title), ("asked", asked), ("name", by_name)]
    first = next(((who, month) for who, month in said if month), None)
    if faults:
        return Told(None, "", faults)
    if first is None:
        cure = "在表头上方写明，如 2020年6月，或写进文件名，如 2020-06；也可以用 --month 说明"
        return Told(None, "", (Fault("看不出是哪个月的数据", cure, where),))
    who, month = first
    return Told(month, who, _contradictions(said, who, month, where))


def _contradictions(said: list[tuple[str, Month | None]], who: str, month: Month, where: str) -> tuple[Fault, ...]:
    words = {"dates": "行内日期", "title": "表头上方", "asked": "指明", "name": "文件名"}
    return tuple(
        Fault(f"{words[who]}是 {month}，{words[other]}是 {claimed}", "核实后改正其中之一再交", where)
        for other, claimed in said
        if claimed and claimed != month and other in ("title", "asked")
    )


def _of_dates(dataset: Dataset, dated: dict[Month, int], where: str) -> tuple[Month | None, tuple[Fault, ...]]:
    """The month most rows are dated in; of a state, whose first list is of all times, only where nearly all are."""
    total = sum(dated.values())
    if total < FEWEST_DATED:
        return None, ()
    (first, most), *rest = sorted(dated.items(), key=lambda one: (-one[1], one[0]))
    if dataset.kind is Kind.STATE:
        return (first if most >= total * (1 - MOST_ELSEWHERE) else None), ()
    if most * 2 < total:
        found = f"{total} 行的日期分散在 {len(dated)} 个月，最多的一个月只有 {most} 行"
        return None, (Fault(found, TWO_MONTHS, where),)
    if rest and rest[0][1] >= max(FEWEST_ELSEWHERE, total * MOST_ELSEWHERE):
        months = sorted([first, rest[0][0]])
        found = f"一个文件里有两个月：{months[0]} {dated[months[0]]} 行，{months[1]} {dated[months[1]]} 行"
        return None, (Fault(found, TWO_MONTHS, where),)
    return first, ()


def _by_month(db: DuckDB, dataset: Dataset, rows: Table) -> dict[Month, int]:
    day = cells.value(dataset.column(dataset.date), rows)
    months = rows.select(month=day.year() * 100 + day.month()).filter(lambda t: t.month.notnull())
    counted = db.fetch(months.group_by("month").agg(rows=months.count())).to_pylist()
    return {Month(row["month"] // 100, row["month"] % 100): int(row["rows"]) for row in counted}


def _only(months: set[Month]) -> Month | None:
    return next(iter(months)) if len(months) == 1 else None
