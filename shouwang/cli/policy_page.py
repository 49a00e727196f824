"""A policy on the terminal; the whole manual page is `rules.manual`."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from shouwang.cli.tables import calm_table
from shouwang.cli.terminal import say
from shouwang.rules.policy import Policy, Rule
from shouwang.rules.wording import CHINESE, parameter_shown, write
from shouwang.terms.level import Level

BASIS = {"stated": "原文", "reading": "解读"}


def print_policy(console: Console, policy: Policy) -> None:
    """Levels, rules, signs, national types and figures, in Chinese."""
    title = Text.assemble((policy.zh, "bold"), f"  {policy.code}  自 {policy.in_force} 生效  版本 {policy.version}")
    say(console, title)
    _section(console, "级别")
    console.print(_levels(policy))
    _section(console, "规则")
    for rule in policy.rules:
        _print_rule(console, rule)
    _section(console, "不成立时")
    say(console, f"Ⅴ级：{write(policy.green, CHINESE)}，且没有一条规则未知", indent=4, first=2)
    say(console, f"待核实：{write(policy.watched, CHINESE)}，或有任一风险迹象；其余未评估", indent=4, first=2)
    _section(console, "风险迹象")
    _print_pairs(console, ((sign.zh, write(sign.condition, CHINESE)) for sign in policy.signs))
    _section(console, "国家监测类型")
    _print_pairs(console, ((kind.label, write(kind.condition, CHINESE)) for kind in policy.national_types))
    _section(console, "算式")
    _print_pairs(console, ((one.zh, write(one.expression, CHINESE)) for one in policy.derived))
    _section(console, "数字")
    _print_figures(console, policy)
    console.print()
    say(console, f"整本手册 The manual: shouwang policy show {policy.code} --markdown")


def _section(console: Console, title: str) -> None:
    console.print()
    console.print(Text(title, style="bold"))


def _levels(policy: Policy) -> Table:
    table = calm_table("  级别", "含义", "帮扶")
    for level in Level:
        numeral = Text(f"  {level.numeral} {level.colour_zh}", style=level.colour)
        table.add_row(numeral, policy.level_names.get(level, ("", ""))[0], policy.measures.get(level, ("", ""))[0])
    return table


def _print_rule(console: Console, rule: Rule) -> None:
    title = Text.assemble("  ", (f"{rule.level.numeral} {rule.zh}", rule.level.colour), f"  {rule.code}")
    console.print(title, soft_wrap=True)
    say(console, write(rule.when, CHINESE), indent=4)
    for variant in rule.variants:
        condition = write(variant.condition, CHINESE) if variant.condition else "其余"
        say(console, f"称“{variant.zh}”：{condition}", indent=6, first=4)
    say(console, Text(f"{BASIS[rule.status]}：{rule.source}", style="dim"), indent=4)


def _print_pairs(console: Console, pairs: Iterable[tuple[str, str]]) -> None:
    for name, formula in pairs:
        say(console, f"{name}：{formula}", indent=4, first=2)


def _print_figures(console: Console, policy: Policy) -> None:
    for name in sorted(policy.parameters):
        one = policy.parameters[name]
        value = Text.assemble(f"{one.zh}：", (parameter_shown(one, "zh"), "bold"), f"  自 {one.since}")
        say(console, value, indent=4, first=2)
        say(console, Text(f"{BASIS[one.status]}：{one.source}", style="dim"), indent=4)
