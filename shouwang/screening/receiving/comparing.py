"""How a month differs from an earlier one, as questions to a liaison. A question, never an accusation."""

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction

from shouwang.screening.datasets import Column, Dataset, Kind, Reads
from shouwang.screening.receiving.limits import Limits
from shouwang.screening.receiving.profile import Profile


def questions(dataset: Dataset, now: Profile, limits: Limits) -> list[str]:
    """What is odd about a month by itself."""
    if not now["rows"] and dataset.kind is Kind.EVENTS:
        return ["一行数据也没有，这个月确实没有发生吗？"]
    asked = [
        f"列“{c.header}”全部为空，是否漏填？" for c in dataset.columns if now["empty"].get(c.name) == 1 and now["rows"]
    ]
    if now["rows"] and now["doubled"] > limits.most_doubled * now["rows"]:
        asked.append(f"{now['doubled']:,} 行与别的行完全相同，是否重复导出？")
    return asked


def changes(dataset: Dataset, now: Profile, before: Profile, *, month: str, limits: Limits) -> list[str]:
    """What is odd beside an earlier month; nothing where that month had too few rows to compare."""
    if before["rows"] < limits.fewest_rows:
        return []
    kinds: tuple[Callable[..., Iterator[str]], ...] = (_rows, _empty, _amounts, _labels, _strangers)
    return [question for kind in kinds for question in kind(dataset, now, before, month, limits)]


def _rows(dataset: Dataset, now: Profile, before: Profile, month: str, limits: Limits) -> Iterator[str]:
    if dataset.kind is Kind.STATE:  # after the full list come changes: their number says nothing
        return
    share = Fraction(now["rows"] - before["rows"], before["rows"])
    figures = f"（{before['rows']:,} → {now['rows']:,}）"
    if -share >= limits.fewer_rows:
        yield f"行数比 {month} 少了 {_percent(-share)}{figures}，是否漏报？"
    elif share >= 2 * limits.fewer_rows:
        yield f"行数比 {month} 多了 {_percent(share)}{figures}，是否重复，或并入了别的月份？"


def _empty(dataset: Dataset, now: Profile, before: Profile, month: str, limits: Limits) -> Iterator[str]:
    for column in dataset.columns:
        here, there = now["empty"].get(column.name), before["empty"].get(column.name)
        if here is not None and there is not None and here < 1 and _grown(here, there) >= limits.more_empty:
            yield f"列“{column.header}”的空格由 {month} 的 {_percent(there)} 增至 {_percent(here)}，是否漏填？"


def _amounts(dataset: Dataset, now: Profile, before: Profile, month: str, limits: Limits) -> Iterator[str]:
    for column in _of(dataset, Reads.MONEY):
        here, there = now["amounts"].get(column.name), before["amounts"].get(column.name)
        if not (here and there and here["middle"] and there["middle"]):
            continue
        times = Decimal(here["middle"]) / Decimal(there["middle"])
        larger = times >= limits.times_amount
        if larger or 1 / times >= limits.times_amount:
            power = 10 ** round(float((times if larger else 1 / times).log10()))
            size = f"放大约 {power:,} 倍" if larger else f"缩小为约 {power:,} 分之一"
            yield f"列“{column.header}”的金额比 {month} 整体{size}，单位是否写错（元、千元、万元）？"


def _labels(dataset: Dataset, now: Profile, before: Profile, month: str, limits: Limits) -> Iterator[str]:
    for column in _of(dataset, Reads.LABEL):
        here, there = now["labels"].get(column.name, {}), before["labels"].get(column.name, {})
        for label in {**there, **here}:
            moved = _grown(here.get(label, 0), there.get(label, 0))
            if abs(moved) >= limits.other_labels:
                shares = f"由 {month} 的 {_percent(there.get(label, 0))} 变为 {_percent(here.get(label, 0))}"
                yield f"列“{column.header}”中“{_spelled(column, label)}”{shares}，是否属实？"


def _spelled(column: Column, word: str) -> str:
    """The word as departments write it."""
    return next((spelling for spelling, meant in column.labels.items() if meant == word), word)


def _strangers(dataset: Dataset, now: Profile, before: Profile, month: str, limits: Limits) -> Iterator[str]:
    here, there = now["ids"].get("strangers"), before["ids"].get("strangers")
    if here is not None and there is not None and _grown(here, there) >= limits.more_strangers:
        yield f"不在登记册里的人由 {month} 的 {_percent(there)} 增至 {_percent(here)}，是否是别处的名单？"


def _of(dataset: Dataset, reads: Reads) -> list[Column]:
    return [column for column in dataset.columns if column.reads is reads]


def _grown(here: float, there: float) -> float:
    """By how much a share grew; shares are kept with four decimals."""
    return round(here - there, 4)


def _percent(share: float | Fraction) -> str:
    return f"{float(share * 100):.0f} %"
