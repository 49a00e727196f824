"""A run exists whole or not at all: it is written beside its place and renamed."""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from shouwang.terms.errors import UserError

_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_NO_ROOM_WORDS = ("No space left", "File too large", "Disk quota", "max_temp_directory_size")


def require_free(out: Path) -> None:
    """Errors: `UserError` where something stands in the place of the run already, or it has no parent."""
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError(f"{out.name} 已经存在", "换一个 --out,或先移走旧的结果")
    if not out.resolve().parent.is_dir():
        raise UserError(f"{out.parent} 不存在", "先建好上级文件夹")


@contextmanager
def published(out: Path) -> Iterator[Path]:
    """A folder to write into; it becomes `out` when the block ends well, and is gone when it does not."""
    parent = out.resolve().parent
    _sweep(parent, f".{out.name}.partial-")
    partial = parent / f".{out.name}.partial-{os.getpid()}"
    with _told_when_full(parent):
        partial.mkdir(mode=0o700)
        try:
            yield partial
            _flush(partial)
            if out.is_dir():
                out.rmdir()
            partial.rename(out)
        finally:
            shutil.rmtree(partial, ignore_errors=True)


@contextmanager
def scratch(city: Path) -> Iterator[Path]:
    """A folder inside CITY for typed rows, which name people; gone afterwards."""
    _sweep(city, ".scratch-")
    with _told_when_full(city):
        try:
            folder = Path(tempfile.mkdtemp(prefix=f".scratch-{os.getpid()}-", dir=city))
        except PermissionError:
            raise UserError(f"不能写入 {city.name}", "筛查在其中放临时文件:给予写权限,或复制一份再用") from None
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _told_when_full(place: Path) -> Iterator[None]:
    try:
        yield
    except (OSError, duckdb.IOException, duckdb.OutOfMemoryException) as error:
        code = getattr(error, "errno", None)
        if code in _NO_ROOM or any(word in str(error) for word in _NO_ROOM_WORDS):
            raise UserError(f"{place.name} 所在的磁盘满了", "腾出空间再运行一次;没有留下半份结果") from None
        raise


def _sweep(parent: Path, prefix: str) -> None:
    """Remove what a killed run left behind; a run that is still alive keeps its own."""
    for left in parent.glob(f"{prefix}*"):
        owner = left.name.removeprefix(prefix).split("-")[0]
        if owner.isdigit() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _flush(folder: Path) -> None:
    """Everything on disk before the name is given."""
    for path in [*folder.rglob("*"), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
