"""What the demo prints at its end: the page to open, and one account per role."""

from pathlib import Path
from typing import TYPE_CHECKING

from shouwang.cli.demo_accounts import PASSWORD, Account

if TYPE_CHECKING:
    from rich.console import Console


def print_site(console: "Console", address: str, accounts: list[Account], folder: Path) -> None:
    """The address, the accounts with their roles and places, the command for the six digits, and how to stop."""
    from rich.table import Table
    from rich.text import Text

    from shouwang.office.access.roles import ROLES
    from shouwang.office.web.places import place

    table = Table("用户名", "角色 role", "地方 area", "第二道验证", box=None, pad_edge=False, header_style="dim")
    for account in accounts:
        role = ROLES[account.role]
        code = f"shouwang code {account.username}" if role.needs_second_factor else ""
        table.add_row(account.username, str(role.name), place(account.area_code), code)
    console.rule(style="dim")
    console.print(Text(f"打开 Open  {address}", style="bold"))
    console.print(f"密码 password  {PASSWORD}")
    console.print(table)
    home = (folder / "office").resolve()
    console.print(f"六位数字 six digits: SHOUWANG_DEMO=yes SHOUWANG_HOME={home} shouwang code decider", soft_wrap=True)
    console.print(f"停止 stop: shouwang demo --stop --folder {folder}", soft_wrap=True)
