"""`shouwang`: the commands, and how each kind of error leaves them."""

import errno
import signal
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import typer

from shouwang.cli import (
    check,
    city,
    demo,
    explain,
    importing,
    leave,
    load,
    match,
    office_accounts,
    office_audit,
    office_backup,
    office_keys,
    office_restore,
    office_serve,
    policy,
    receive,
    screen,
    settle,
)
from shouwang.terms.errors import DataError, ProgrammingError, UserError
from shouwang.terms.full_disk import is_full

INTERRUPTED = 130
BUG = 1
MACHINE = {
    errno.EACCES: ("没有读写的权限", "给予权限，或换一个文件夹"),
    errno.EPERM: ("没有读写的权限", "给予权限，或换一个文件夹"),
    errno.EROFS: ("文件系统只能读", "换一个能写的文件夹"),
}
"""What the machine may refuse → what was found, and the cure."""
FULL = ("磁盘满了", "腾出空间再运行一次")

app = typer.Typer(
    name="shouwang",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)


@app.callback()
def shouwang() -> None:
    """守望：从各部门每月的文件，到说得清理由的预警。

    From the department files of a month to warnings that say why.

    例 Example：shouwang demo
    """


app.command("city")(city.city)
app.command("receive")(receive.receive)
app.command("screen")(screen.screen)
app.command("explain")(explain.explain)
app.command("match")(match.match)
app.command("settle")(settle.settle)
app.command("check")(check.check)
app.command("import")(importing.import_lists)
app.command("export")(importing.export_list)
app.add_typer(policy.app, name="policy")
app.command("load")(load.load)
app.command("leave")(leave.leave)
app.command("demo")(demo.demo)
app.command("serve")(office_serve.serve)
app.command("backup")(office_backup.backup)
app.command("restore")(office_restore.restore)
app.command("code")(office_accounts.code)
app.add_typer(office_accounts.app, name="accounts")
app.add_typer(office_audit.app, name="audit")
app.add_typer(office_keys.app, name="keys")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code: 0 done, 2 the caller's mistake, 3 the data's, 1 a bug, 130 stopped."""
    with _interrupts() as interrupt:
        try:
            app(args=None if arguments is None else list(arguments), prog_name="shouwang")
        except SystemExit as left:
            return left.code if isinstance(left.code, int) else int(left.code is not None)
        except (UserError, DataError) as error:
            print(error, file=sys.stderr)
            return error.exit_code
        except KeyboardInterrupt:
            return INTERRUPTED
        except Exception as error:
            return INTERRUPTED if interrupt.is_asked else _end_of(error)
    return 0


def _end_of(error: Exception) -> int:
    """A disk that is full or closed to us is for the caller to mend; everything else is a bug."""
    refused = FULL if is_full(error) else MACHINE.get(getattr(error, "errno", None) or 0)
    if refused:
        found, cure = refused
        file = getattr(error, "filename", None)
        place = f"{Path(str(file)).name}：" if file else ""
        print(UserError(f"{place}{found}", cure), file=sys.stderr)
        return UserError.exit_code
    _tell_bug(error)
    return BUG


class _Interrupt:
    """Remembers that a person pressed Ctrl-C: an engine at work turns it into an error of its own."""

    is_asked = False

    def __call__(self, signal_number: int, frame: FrameType | None) -> None:
        self.is_asked = True
        signal.default_int_handler(signal_number, frame)


@contextmanager
def _interrupts() -> Iterator[_Interrupt]:
    interrupt = _Interrupt()
    before = signal.getsignal(signal.SIGINT)
    is_ours = before is signal.default_int_handler and threading.current_thread() is threading.main_thread()
    if is_ours:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield interrupt
    finally:
        if is_ours:
            signal.signal(signal.SIGINT, before)


def _tell_bug(error: Exception) -> None:
    """Where it happened, but not the values: the text of a strange error may quote a row, and a row names people."""
    for frame in traceback.extract_tb(error.__traceback__):
        print(f"  {frame.filename}:{frame.lineno} {frame.name}", file=sys.stderr)
    said = f"：{error}" if isinstance(error, ProgrammingError) else "（原文可能引用数据，不显示）"
    print(f"程序有错 {type(error).__name__}{said} → 请把以上各行交给维护者", file=sys.stderr)
