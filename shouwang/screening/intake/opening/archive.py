"""A zip: a workbook, or one table file packed to be sent."""

import shutil
import zipfile
import zlib
from pathlib import Path

from shouwang.terms.errors import DataError, Fault

LARGEST = 8 * 1024**3
"""Bytes that one packed file may unfold to."""
BOMB_RATIO, BOMB_FROM = 250, 64 * 1024**2
"""Nothing honest of this size shrinks so much: text of one kind of row shrinks to a hundredth at most."""
_IGNORED = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_ENCRYPTED = 0x1
BROKEN = Fault("压缩包不完整或已损坏", "重新压缩，或直接交里面的表格")
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What Python's reader of zips raises for files that are none, or only half."""


def is_workbook(path: Path, name: str) -> str:
    """`xlsx` for a workbook of Excel, a Chinese word for another office file, else empty. Errors: `DataError`."""
    names = set(_opened(path, name).namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "二进制工作簿（.xlsb）"
    if "word/document.xml" in names:
        return "Word 文档"
    if "ppt/presentation.xml" in names:
        return "演示文稿"
    if "content.xml" in names and "mimetype" in names:
        return "ODF 文件"
    return "xlsx" if any(name.startswith("xl/") for name in names) else ""


def unpacked(path: Path, folder: Path) -> tuple[Path, str]:
    """The one table file of a zip, written into the folder, and its name in the zip. Errors: `DataError`."""
    with _opened(path, path.name) as packed:
        members = [m for m in packed.infolist() if not m.is_dir() and not _is_ignored(m.filename)]
        if not members:
            raise DataError([Fault("压缩包里没有文件", "把表格放进去再交", path.name)])
        if len(members) > 1:
            cure = "每个压缩包只放一个表格，分开交"
            raise DataError([Fault(f"压缩包里有 {len(members)} 个文件，分不清交哪一个", cure, path.name)])
        member = members[0]
        if member.flag_bits & _ENCRYPTED:
            raise DataError([Fault("压缩包有密码", "去掉密码重新压缩，密码不要随文件发送", path.name)])
        refuse_bomb(member, path.name)
        target = folder / f"{path.stem}{Path(member.filename).suffix.lower()[:8]}"
        try:
            with packed.open(member) as source, target.open("wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
        except DAMAGED:
            raise DataError([Fault(BROKEN.found, BROKEN.cure, path.name)]) from None
        return target, Path(member.filename).name


def refuse_bomb(member: zipfile.ZipInfo, name: str) -> None:
    """Errors: `DataError` for what would unfold without end. Python reads no more than the size that is declared."""
    ratio = member.file_size / max(member.compress_size, 1)
    if member.file_size > LARGEST or (member.file_size > BOMB_FROM and ratio > BOMB_RATIO):
        found = f"解压后有 {member.file_size / 1024**3:.1f} GB，是压缩后的 {ratio // 100 * 100:.0f} 多倍，像是压缩炸弹"
        raise DataError([Fault(found, "确认来源；只交有数据的行，直接交 .csv", name)])


def _is_ignored(name: str) -> bool:
    return name.startswith(_IGNORED[0]) or Path(name).name in _IGNORED or Path(name).name.startswith("._")


def _opened(path: Path, name: str) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except DAMAGED:
        raise DataError([Fault("文件不完整：多半没有传完", "重新导出，传完再交", name)]) from None
