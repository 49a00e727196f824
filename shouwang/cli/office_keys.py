"""`shouwang keys`: new keys for the encrypted fields."""

import base64
import os
import secrets
from pathlib import Path

import typer

from shouwang.cli.office import open_office, open_tables
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import UserError

NAME = "SHOUWANG_FIELD_KEYS"
app = typer.Typer(
    no_args_is_help=True, help="字段密钥。\n\nKeys of encrypted fields.\n\n例 Example：shouwang keys rotate"
)


@app.command("add")
def add() -> None:
    """加一把新密钥，放在第一行；旧的留着，好解开旧的值。

    Add a new key as the first line; the old ones stay to read old values.

    例 Example：shouwang keys add
    """
    open_office()
    from django.conf import settings

    path = Path(os.environ.get(f"{NAME}_FILE") or settings.HOME / "field.keys")
    if NAME in os.environ or not path.is_file():
        raise UserError("密钥在环境变量里，这里改不了", f"在 {NAME} 第一行加上新密钥；见 docs/office/privacy.md")
    kept = path.read_text(encoding="utf-8").split()
    number = max(int(line.partition(":")[0]) for line in kept) + 1
    if number > 255:
        raise UserError("密钥编号用完了", "见 docs/office/privacy.md")
    scratch = path.with_name(f".{path.name}.part")
    scratch.touch(mode=0o600)
    key = base64.b64encode(secrets.token_bytes(32)).decode()
    scratch.write_text("\n".join([f"{number}:{key}", *kept]) + "\n", encoding="utf-8")
    scratch.replace(path)
    say(results(), f"第 {number} 号密钥已加。先重启 serve，再运行 shouwang keys rotate；密钥文件要另外备份")


@app.command("rotate")
def rotate() -> None:
    """把所有加密字段换到第一行的密钥；中断了再运行一次就接着做。

    Encrypt every field anew under the first key; if stopped, run it again.

    例 Example：shouwang keys rotate
    """
    open_tables()
    from shouwang.office.privacy.actions import rotate as run
    from shouwang.office.privacy.keys import keyring

    count = run()
    say(results(), f"{count:,} 个值换到第 {keyring().current} 号密钥。更早的备份还要用旧密钥，不要丢")
