"""`shouwang accounts` and `shouwang code`: accounts from the machine, above all the first administrator."""

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from shouwang.cli.office import at_the_machine, open_tables
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import UserError

if TYPE_CHECKING:
    from shouwang.office.access.models import User

app = typer.Typer(
    no_args_is_help=True, help="账号。\n\nAccounts.\n\n例 Example：shouwang accounts role wang administrator 5301"
)
Username = Annotated[str, typer.Argument(metavar="USER", help="用户名 username")]
Password = Annotated[
    str, typer.Option(prompt="密码 password", hide_input=True, confirmation_prompt=True, help="密码 password")
]


@app.command("add")
def add(
    username: Username,
    name: Annotated[str, typer.Option(help="显示的姓名 name shown")],
    password: Password,
    organisation: Annotated[str, typer.Option(help="单位 organisation")] = "",
) -> None:
    """开一个账号；角色另给。

    Open an account; give it a role afterwards.

    例 Example：shouwang accounts add wang --name 王某
    """
    open_tables()
    from shouwang.office.access.actions.accounts import open_account

    open_account(username, password, display_name=name, organisation=organisation, by=at_the_machine())
    say(results(), f"账号 {username} 已开。接着给角色：shouwang accounts role {username} ROLE AREA")


@app.command("role")
def role(
    username: Username,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="角色，如 village、administrator")],
    area: Annotated[str, typer.Argument(metavar="AREA", help="区划代码前缀 prefix of the area's code, 530113")],
    end: Annotated[bool, typer.Option("--end", help="从今天起不再担任 end it today")] = False,
) -> None:
    """给账号一个地区的角色，或收回。

    Give an account a role over an area, or end it.

    例 Example：shouwang accounts role wang administrator 5301
    """
    open_tables()
    from shouwang.office.access.actions.roles import end_role, give_role

    user, by, on = _user(username), at_the_machine(), _today()
    if not end:
        give_role(user, role, area, on=on, by=by)
        say(results(), f"{username}：{role} {area}，从 {on} 起")
        return
    given = user.assignments.filter(role=role, area_code=area, until=None).first()
    if given is None:
        raise UserError(f"{username} 没有这个角色", "核对角色和区划代码")
    end_role(given, on=on, by=by)
    say(results(), f"{username}：不再担任 {role} {area}")


@app.command("unlock")
def unlock(username: Username) -> None:
    """密码错太多次而锁住的账号，现在解锁。

    Let in again who gave too many wrong passwords.

    例 Example：shouwang accounts unlock wang
    """
    open_tables()
    from shouwang.office.access.actions.accounts import unlock as run

    run(_user(username), by=at_the_machine())
    say(results(), f"{username} 已解锁")


@app.command("second-factor")
def second_factor(username: Username) -> None:
    """给账号新的第二道验证；密文只显示这一次。

    Give an account a new second factor; its secret is shown this once.

    例 Example：shouwang accounts second-factor wang
    """
    open_tables()
    from shouwang.office.access.actions.second_factor import give

    secret = give(_user(username), by=at_the_machine())
    say(results(), "在验证器里输入，或用它打开下面的地址：")
    results().print(secret.grouped, secret.address, sep="\n", soft_wrap=True, markup=False)


def code(username: Username) -> None:
    """演示用：打印账号此刻的六位验证码。

    For demonstrations only: print the six digits of the moment.

    例 Example：SHOUWANG_DEMO=yes shouwang code decider
    """
    open_tables()
    from django.conf import settings

    from shouwang.office.access.queries import six_digits

    if not settings.IS_DEMO:
        raise UserError("验证码只在演示里打印", "打开手机上的验证器；演示要设 SHOUWANG_DEMO=yes")
    digits = six_digits(_user(username))
    if digits is None:
        raise UserError(f"{username} 没有第二道验证", f"shouwang accounts second-factor {username}")
    say(results(), digits)


def _user(username: str) -> "User":
    from shouwang.office.access.models import User

    found = User.objects.filter(username=username).first()
    if found is None:
        raise UserError(f"没有账号 {username}", "核对用户名，或先 shouwang accounts add")
    return found


def _today() -> date:
    from shouwang.office.web.calendar import today

    return today()
