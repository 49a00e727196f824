"""What a finished screening shows: levels, counties, changes, rows, what is missing, where the rest lies."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from shouwang.areas import AreaCode, kunming
from shouwang.cli import levels
from shouwang.cli.tables import calm_table, count, households_and_people
from shouwang.cli.terminal import say
from shouwang.rules.policy import Policy
from shouwang.screening.datasets import CATALOGUE
from shouwang.terms.errors import UserError
from shouwang.terms.level import Level

STANDINGS = tuple(levels.STYLES)
CHANGES = {
    "new": "新增", "worse": "加重", "better": "减轻", "cleared": "解除", "same": "未变",
    "to_unverified": "转待核实", "from_unverified": "不再待核实", "left_register": "离开登记册",
}  # fmt: skip
ROWS = {"read": "读入", "linked": "连上", "unlinked": "未连上", "set_aside": "不用", "quarantined": "隔离"}
Counts = Mapping[str, Mapping[str, int]]
"""Standing → households, people."""


@dataclass(frozen=True)
class RunShown:
    """A finished run as the caller asked for it."""

    summary: Mapping[str, Any]
    policy: Policy
    run: Path
    as_of: date
    previous: Path | None = None


def print_run(console: Console, shown: RunShown) -> None:
    """Everything, the most important first."""
    print_levels(console, shown)
    print_changes(console, shown)
    print_rows(console, shown)
    print_folder(console, shown.run, shown.summary["levels"])


def print_levels(console: Console, shown: RunShown) -> None:
    """The city as a whole, then county by county."""
    told = shown.summary["levels"]
    title = Text.assemble((f"截至 {shown.as_of} 的筛查", "bold"), f"  {shown.policy.zh}（{shown.policy.code}）")
    say(console, title)
    console.print()
    console.print(_city(told, shown.policy))
    console.print()
    console.print(_by_county(shown.summary["counties"]))
    console.print()


def _sum(told: Counts) -> tuple[int, int]:
    return sum(one["households"] for one in told.values()), sum(one["people"] for one in told.values())


def _city(told: Counts, policy: Policy) -> Table:
    table = calm_table("级别", "含义", "帮扶", ">户", ">人", ">占户数")
    everybody, people = _sum(told)
    for standing in STANDINGS:
        number = int(standing) if standing.isdigit() else 0
        name = policy.level_names.get(number, (levels.MEANINGS.get(standing, ""), ""))[0]
        share = f"{told[standing]['households'] / everybody:.2%}" if everybody else ""
        cells = [count(told[standing][key]) for key in ("households", "people")]
        table.add_row(levels.short(standing), name, policy.measures.get(number, ("", ""))[0], *cells, share)
    table.add_section()
    table.add_row(Text("合计", style="bold"), "", "", count(everybody), count(people), "")
    return table


def _by_county(counties: Mapping[str, Counts]) -> Table:
    """Two lines a county: 户 above, 人 below; so that a million households still fit 80 columns."""
    table = calm_table("县区", "", *(">" for _ in STANDINGS), ">合计")
    for column, standing in zip(table.columns[2:], STANDINGS, strict=False):
        column.header = levels.short(standing)
    for code, told in sorted(counties.items()):
        table.add_row(_county_name(code), *_two_lines(told))
    everybody = {s: {k: sum(c[s][k] for c in counties.values()) for k in ("households", "people")} for s in STANDINGS}
    table.add_section()
    table.add_row(Text("全市", style="bold"), *_two_lines(everybody))
    return table


def _two_lines(told: Counts) -> list[Text]:
    pairs = [(told[s]["households"], told[s]["people"]) for s in STANDINGS] + [_sum(told)]
    cells = [Text.assemble(count(homes), "\n", (f"{people:,}", "dim")) for homes, people in pairs]
    return [Text.assemble("户\n", ("人", "dim")), *cells]


def _county_name(code: str) -> str:
    try:
        return kunming().get(AreaCode(code)).short_name
    except UserError:
        return "区划不明"


def print_changes(console: Console, shown: RunShown) -> None:
    """Households by kind of change, where there is something to compare with."""
    changes = shown.summary["changes"]
    if shown.previous is None:
        return
    say(console, Text.assemble(("与上次相比", "bold"), f"  {shown.previous}，单位：户；新增至未变为Ⅰ–Ⅳ级预警户"))
    table = calm_table(*(f">{name}" for name in CHANGES.values()))
    table.add_row(*(count(changes[kind]) for kind in CHANGES))
    console.print(table)
    console.print()


def print_rows(console: Console, shown: RunShown) -> None:
    """What became of the rows of each dataset, and which months were not delivered."""
    say(
        console,
        Text.assemble(("部门数据", "bold"), "  单位：行；读入 = 连上 + 未连上 + 不用（窗口外或已有更新）+ 隔离"),
    )
    table = calm_table("数据", *(f">{name}" for name in ROWS.values()))
    for code, tally in shown.summary["datasets"].items():
        table.add_row(f"{CATALOGUE[code].office} {CATALOGUE[code].zh}", *(count(tally[key]) for key in ROWS))
    table.add_section()
    table.add_row(Text("合计", style="bold"), *(count(shown.summary["rows"][key]) for key in ROWS))
    console.print(table)
    console.print()
    undelivered = shown.summary["undelivered"]
    for code, months in undelivered.items():
        say(console, Text.assemble(("未交  ", "bold"), _undelivered(code, months, shown.policy)), indent=6, first=0)
    if undelivered:
        console.print()


def _undelivered(code: str, months: Sequence[str], policy: Policy) -> str:
    dataset = CATALOGUE[code]
    names = "、".join(policy.vocabulary[fact].zh for fact in dataset.feeds if fact in policy.vocabulary)
    return f"{dataset.office} {dataset.zh} {_months(months)}：因此未知 {names or '（不影响分级）'}"


def _months(months: Sequence[str]) -> str:
    if len(months) <= 3:
        return "、".join(months)
    return f"{months[0]} 至 {months[-1]} 之间 {len(months)} 个月"


def print_folder(console: Console, run: Path, told: Counts) -> None:
    """Where the lists lie, and what to do next."""
    warned = [told[str(int(level))] for level in Level if level.is_warning]
    homes, people = (sum(one[key] for one in warned) for key in ("households", "people"))
    unverified = households_and_people(*(told["unverified"][key] for key in ("households", "people")))
    found = f"预警 {households_and_people(homes, people)}，待核实 {unverified}"
    console.print(f"{found}：{run / 'warnings.csv'}", soft_wrap=True)
    for folder, what in (("quarantine", "隔离的行"), ("unlinked", "号码不能用、等待比对的行")):
        files = sorted((run / folder).glob("*.csv"))
        if files:
            listed = "、".join(f"{path.name} {count(_lines(path) - 1)} 行" for path in files)
            console.print(f"{what}：{run / folder}/（{listed}）", soft_wrap=True)


def _lines(path: Path) -> int:
    with path.open("rb") as stream:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(1 << 20), b""))
