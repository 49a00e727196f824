"""What the checks found, on the terminal: rules by county, and the rules that could not be run."""

from pathlib import Path

from rich.console import Console

from shouwang.areas import AreaTree
from shouwang.areas.code import AreaCode
from shouwang.areas.names import short_name
from shouwang.cli.tables import RIGHT, calm_table, count
from shouwang.cli.terminal import say
from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.fields import BY_NAME, Origin
from shouwang.screening.checks.report import TABLE, area_name
from shouwang.screening.checks.run import UNKNOWN_COUNTY, Checked

BESIDE = 40
"""Columns of the terminal that the words of a rule take."""
PER_COUNTY = 8


def print_checked(console: Console, checked: Checked, tree: AreaTree, folder: Path, books: int) -> None:
    """The rules that found something, those that could not judge, those that could not run, and where the books are."""
    month, lists = checked.material.month, "、".join(kind.zh for kind in checked.material.lists) or "无"
    say(
        console,
        f"登记册 {month}，{checked.households:,} 户 {checked.members:,} 人；名单：{lists}；"
        f"{len(checked.counts)} 条规则已运行，{len(checked.not_run)} 条不能运行",
    )
    console.print()
    _print_found(console, checked, tree)
    _print_unknown(console, checked)
    _print_not_run(console, checked)
    if books:
        say(console, f"{checked.findings.num_rows:,} 处问题，{books} 本乡镇工作簿：{folder}")
    else:
        say(console, f"没有发现问题；规则与县的总表：{folder}")


def _print_found(console: Console, checked: Checked, tree: AreaTree) -> None:
    """Rule by county, in as many tables as the counties need at this width."""
    rules = [rule for rule in RULES if checked.total(rule.code).findings]
    if not rules:
        return
    counties = sorted({c for rule in rules for c, n in checked.counts[rule.code].items() if n.findings})
    room = max((console.width - BESIDE - PER_COUNTY) // PER_COUNTY, 1)
    for first in range(0, len(counties), room):
        block = counties[first : first + room]
        table = calm_table(
            "问题", *([f"{RIGHT}合计"] if not first else []), *(f"{RIGHT}{_short(tree, c)}" for c in block)
        )
        for rule in rules:
            counts = checked.counts[rule.code]
            total = [count(checked.total(rule.code).findings)] if not first else []
            here = [count(counts[c].findings) if c in counts else "0" for c in block]
            table.add_row(f"{rule.severity.zh} {rule.sentence(checked.figures)}", *total, *here)
        console.print(table)
        console.print()


def _short(tree: AreaTree, county: str) -> str:
    if county == UNKNOWN_COUNTY or not area_name(tree, county):
        return "未知"
    area = tree.get(AreaCode(county))
    return short_name(area.name, area.level)


def _print_unknown(console: Console, checked: Checked) -> None:
    """Not judged is not found to be in order."""
    rules = [rule for rule in RULES if checked.total(rule.code).unknown]
    if not rules:
        return
    table = calm_table("数据未知，无法判断的", f"{RIGHT}数量")
    for rule in rules:
        unknown = checked.total(rule.code).unknown
        table.add_row(rule.sentence(checked.figures), f"{unknown:,} {rule.subject.zh}")
    console.print(table)
    console.print()


def _print_not_run(console: Console, checked: Checked) -> None:
    """What would have to come from where: no finding of a rule that was not run means nothing."""
    missing: dict[Origin, dict[str, None]] = {}
    rules: dict[Origin, set[str]] = {}
    for code, names in checked.not_run.items():
        for field in (BY_NAME[name] for name in names):
            missing.setdefault(field.origins[0], {})[field.zh] = None
            rules.setdefault(field.origins[0], set()).add(code)
    if not missing:
        return
    table = calm_table("不能运行：还需要", "其中的", f"{RIGHT}规则")
    for origin, fields in missing.items():
        table.add_row(origin.value, "、".join(fields), count(len(rules[origin])))
    console.print(table)
    say(console, f"每条规则缺什么，见 {TABLE}")
    console.print()
