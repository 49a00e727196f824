"""What a liaison reads after handing in files: one verdict each, then the sum."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from shouwang.cli.tables import calm_table, count
from shouwang.cli.terminal import say
from shouwang.screening.datasets import CATALOGUE, PERSON_COLUMNS
from shouwang.screening.intake.headers import How
from shouwang.screening.receiving import ACCEPTED, KNOWN, REFUSED, Verdict

WORDS = {ACCEPTED: ("收下", "green"), REFUSED: ("退回", "red"), KNOWN: ("已收过", "dim")}
MONTH_FROM = {"dates": "按行内日期", "title": "按标题", "name": "按文件名", "asked": "按交件人所说"}
HOW = {How.AGREED: "已确认的对应", How.SYNONYM: "同义表头", How.ALIKE: "写法相近", How.LAST_WORD: "两行表头的下一行"}


def print_verdict(console: Console, verdict: Verdict) -> None:
    """One file: what it is, what was understood, what was repaired, what is wrong, what is odd, where it lies."""
    word, style = WORDS[verdict.status]
    say(console, Text.assemble((word, f"bold {style}"), f"  {verdict.file}"))
    for name, lines in _parts(verdict):
        for number, line in enumerate(lines):
            say(console, Text.assemble((_named(name if number == 0 else ""), "dim"), line), indent=12, first=2)
    if verdict.reply:
        console.print(Text.assemble("  ", (_named("回复表"), "dim"), str(verdict.reply)), soft_wrap=True)
    console.print()


def _named(name: str) -> str:
    return name + " " * (10 - 2 * len(name))


def _parts(verdict: Verdict) -> list[tuple[str, list[str]]]:
    parts = [
        ("认作", _what(verdict)),
        ("列", _columns(verdict)),
        (
            "建议",
            [f"列“{p.header}”像是“{p.ours}”（{p.why}）；同意就加 --agree --by 姓名再交" for p in verdict.proposals],
        ),
        ("修整", ["；".join(verdict.repairs)] if verdict.repairs else []),
        ("行数", _rows(verdict)),
        ("有错", [fault.said for fault in verdict.cell_faults]),
        ("请核对", list(verdict.warnings)),
        ("退回", [f"{fault.found}。{fault.cure}" for fault in verdict.faults]),
        ("存放", _places(verdict)),
    ]
    return [(name, lines) for name, lines in parts if lines]


def _what(verdict: Verdict) -> list[str]:
    if not verdict.dataset:
        return []
    dataset = CATALOGUE[verdict.dataset]
    month = f" {verdict.month}（{MONTH_FROM.get(verdict.month_from, '')}）" if verdict.month else "，月份不明"
    sheet = f"，工作表“{verdict.sheet}”" if verdict.sheet else ""
    return [f"{dataset.office} {dataset.zh}{month}{sheet}"]


def _columns(verdict: Verdict) -> list[str]:
    """Only what was not plain: a synonym, an agreement, a unit; and what nobody reads."""
    if not verdict.columns:
        return []
    known = (*CATALOGUE[verdict.dataset].columns, *PERSON_COLUMNS)
    names = {column.name: column.header for column in reversed(known)}
    told = [
        f"“{column.header}”读作{names[column.name]}（{HOW[column.how]}{f'，单位{column.unit}' if column.unit else ''}）"
        for column in verdict.columns
        if column.how is not How.HEADER
    ]
    unread = f"；不读：{'、'.join(verdict.unread)}" if verdict.unread else ""
    return [f"认出 {len(verdict.columns)} 列{'，' if told else ''}{'，'.join(told)}{unread}"]


def _rows(verdict: Verdict) -> list[str]:
    counts = verdict.counts
    if counts is None:
        return []
    ids = f"；可用的行中 {count(counts.wrong_ids)} 行证件号码有误，待比对" if counts.wrong_ids else ""
    sums = f"读入 {count(counts.read)} = 可用 {count(counts.used)} + 隔离 {count(counts.quarantined)}"
    return [sums + ids]


def _places(verdict: Verdict) -> list[str]:
    places = [verdict.placed] if verdict.placed else []
    if verdict.replaced:
        places.append(f"替换了 {verdict.replaced}，两份都留存")
    return [*places, *([f"原件 {verdict.kept}"] if verdict.kept else [])]


def print_sum(console: Console, verdicts: Sequence[Verdict]) -> None:
    """How many of each, and the rows of all together."""
    table = calm_table("合计", *(f">{word}" for word, _ in WORDS.values()), ">读入行", ">可用", ">隔离")
    counted = [verdict.counts for verdict in verdicts if verdict.counts]
    rows = [sum(getattr(counts, name) for counts in counted) for name in ("read", "used", "quarantined")]
    kinds = [sum(verdict.status == status for verdict in verdicts) for status in WORDS]
    table.add_row(f"{len(verdicts)} 份", *map(count, kinds), *map(count, rows))
    console.print(table)
