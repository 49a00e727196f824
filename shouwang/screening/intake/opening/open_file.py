"""The one door: a path in, a table of text out."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from shouwang.screening.intake.opening import archive
from shouwang.screening.intake.opening.contract import Form, Opened, Repair
from shouwang.screening.intake.opening.faults import refusal
from shouwang.screening.intake.opening.sheets import locked
from shouwang.screening.intake.opening.sniffing import RESAVE, Content, sniff
from shouwang.screening.intake.opening.straight import read_straight
from shouwang.screening.intake.opening.texts import open_text
from shouwang.screening.intake.opening.workbook import open_workbook
from shouwang.terms.errors import DataError, Fault

HEAD = 1 << 16
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OLD_WORD = "WordDocument".encode("utf-16-le")


def open_file(path: Path, *, scratch: Path) -> Opened:
    """Open a file by its content, whatever its name says: XLSX, XLS, CSV or text in any of their encodings, Parquet,
    or one of them in a zip. Errors: `DataError` with all faults of the file; `Fault.where` is the file's name.
    """
    content = _content(path, path.name)
    if content is Content.ZIP and not archive.is_workbook(path, path.name):
        folder = Path(tempfile.mkdtemp(prefix="unpacked-", dir=scratch))
        inner, packed_as = archive.unpacked(path, folder)
        if _content(inner, path.name) is Content.ZIP and not archive.is_workbook(inner, path.name):
            raise refusal("压缩包里又是压缩包", "只压缩一次，或直接交表格", path.name)
        opened = _open(inner, _content(inner, path.name), scratch=scratch, name=path.name)
        return replace(opened, path=path, repairs=(Repair("zip", f"从压缩包取出“{packed_as}”", 1), *opened.repairs))
    return _open(path, content, scratch=scratch, name=path.name)


def _content(path: Path, name: str) -> Content:
    with path.open("rb") as stream:
        found = sniff(stream.read(HEAD))
    if isinstance(found, Fault):
        raise refusal(found.found, found.cure, name)
    return found


def _open(path: Path, content: Content, *, scratch: Path, name: str) -> Opened:
    if content is Content.PARQUET:
        return _parquet(path, name)
    if content is Content.TEXT:
        straight = read_straight(path)
        if straight:
            return straight
    target = Path(tempfile.mkdtemp(prefix="opened-", dir=scratch)) / f"{path.stem}.parquet"
    if content is Content.TEXT:
        return open_text(path, target=target, name=name)
    return open_workbook(path, _form(path, content, name), target=target, name=name)


def _form(path: Path, content: Content, name: str) -> Form:
    """Errors: `DataError` for an office file that is no workbook we read, or one under a password."""
    if content is Content.ZIP:
        kind = archive.is_workbook(path, name)
        if kind != "xlsx":
            raise refusal(f"内容是{kind}，不是可以读的表格", RESAVE, name)
        return Form.XLSX
    with path.open("rb") as stream:
        content_names = stream.read(1 << 22)
    if _ENCRYPTED in content_names:
        raise locked(name)
    if _OLD_WORD in content_names:
        raise refusal("内容是 Word 文档，不是表格", RESAVE, name)
    return Form.XLS


def _parquet(path: Path, name: str) -> Opened:
    try:
        names = tuple(pq.read_schema(path).names)
    except (OSError, ValueError, pa.ArrowException):
        raise DataError([Fault("不是可以打开的 Parquet 文件", "重新导出再交", name)]) from None
    return Opened(path, Form.PARQUET, names, names, header_line=0, rows=path, is_straight=True)
