"""What the demo prints at its end: the page to open, and one account per role."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from shouwang.cli.demo_accounts import PASSWORD, Account
from shouwang.cli.demo_runs import newly_warned

if TYPE_CHECKING:
    from rich.console import Console


def print_site(console: "Console", address: str, accounts: list[Account], folder: Path) -> None:
    """The address, the accounts with their roles and places, the command for the six digits, and how to stop."""
    from rich.table import Table
    from rich.text import Text

    from shouwang.office.access.roles import ROLES
    from shouwang.office.web.places import place

    table = Table("用户名 user", "角色 role", "地方 area", box=None, pad_edge=False, header_style="dim")
    for account in accounts:
        table.add_row(account.username, str(ROLES[account.role].name), place(account.area_code))
    command = "shouwang" if shutil.which("shouwang") else ".venv/bin/shouwang"  # as it can be typed here
    console.rule(style="dim")
    console.print(Text(f"打开 Open  {address}", style="bold"))
    console.print(f"密码 password  {PASSWORD}")
    console.print(table)
    console.print("这两个账号还要六位数字 the six digits these two also need:")
    home = (folder / "office").resolve()
    for account in accounts:
        if ROLES[account.role].needs_second_factor:
            told = f"  SHOUWANG_DEMO=yes SHOUWANG_HOME={home} {command} code {account.username}"
            console.print(told, soft_wrap=True, highlight=False)
    console.print("六月的筛查等着发布 June's screening waits to be published by: analyst")
    decider = next(account for account in accounts if account.role == "county-decider")
    if newly_warned(folder / "run-2020-05", folder / "run-2020-06", within=decider.area_code):
        console.print("发布以后有一户要定级别 after that one level is to be decided by: decider")
    console.print(f"停止 stop: {command} demo --stop --folder {folder}", soft_wrap=True, highlight=False)
