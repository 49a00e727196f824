"""A run exists whole or not at all: it is written beside its place and renamed."""

import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import duckdb

from shouwang.terms.errors import UserError
from shouwang.terms.full_disk import is_full


def require_free(out: Path) -> None:
    """Errors: `UserError` where something stands in the place of the run already, or it has no parent."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise _taken(out)
    if not out.resolve().parent.is_dir():
        raise UserError(f"{out.parent} 不存在", "先建好上级文件夹")


@contextmanager
def published(out: Path) -> Iterator[Path]:
    """A folder to write into; it becomes `out` when the block ends well, and is gone when it does not."""
    cure = "给予写权限，或换一个 --out"
    with _temporary(out.resolve().parent, f".{out.name}.partial-", cure=cure) as partial:
        yield partial
        _flush(partial)
        _give_name(partial, out)


def _give_name(partial: Path, out: Path) -> None:
    """Errors: `UserError` where another run took the name meanwhile."""
    try:
        partial.rename(out)  # an empty folder in its place gives way
    except OSError as error:
        if error.errno not in (errno.ENOTEMPTY, errno.EEXIST, errno.ENOTDIR):
            raise
        raise _taken(out) from None


def _taken(out: Path) -> UserError:
    return UserError(f"{out.name} 已经存在", "换一个 --out,或先移走旧的结果")


@contextmanager
def scratch(city: Path) -> Iterator[Path]:
    """A folder inside CITY for typed rows, which name people; gone afterwards."""
    with _temporary(city, ".scratch-", cure="筛查在其中放临时文件：给予写权限，或复制一份再用") as folder:
        yield folder


@contextmanager
def _temporary(parent: Path, prefix: str, *, cure: str) -> Iterator[Path]:
    """A new folder, swept away at the end, or by the next run where this one is killed."""
    with _told_when_full():
        _sweep(parent, prefix)
        try:
            folder = Path(tempfile.mkdtemp(prefix=prefix, dir=parent))
        except PermissionError:
            raise UserError(f"不能写入 {parent.name}", cure) from None
        try:
            with _held(folder):
                yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told_when_full() -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        if is_full(error):
            raise UserError("磁盘满了", "在 CITY 和 RUN 所在的磁盘腾出空间，再运行一次；没有留下半份结果") from None
        raise


def _sweep(parent: Path, prefix: str) -> None:
    """Remove what a killed run left behind; a run that is still alive holds its own."""
    for left in [path for path in parent.iterdir() if path.name.startswith(prefix)]:
        with suppress(OSError), _held(left):
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """A lock that ends with the process, however it ends. Errors: `OSError` where another process has it."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _flush(folder: Path) -> None:
    """Everything on disk before the name is given."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
