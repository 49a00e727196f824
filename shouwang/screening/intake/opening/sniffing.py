"""What a file is, by its first bytes; its name says nothing."""

from enum import StrEnum

from shouwang.terms.errors import Fault


class Content(StrEnum):
    """What the opener can do something with."""

    ZIP = "zip"
    OLE = "ole"
    PARQUET = "parquet"
    TEXT = "text"


_OTHER = (
    (b"\x89PNG\r\n\x1a\n", "图片"), (b"\xff\xd8\xff", "图片"), (b"GIF8", "图片"), (b"BM", "图片"), (b"II*\0", "图片"),
    (b"MM\0*", "图片"), (b"%PDF", "PDF"), (b"Rar!", "RAR 压缩包"), (b"7z\xbc\xaf\x27\x1c", "7z 压缩包"),
    (b"\x1f\x8b", "gz 压缩包"), (b"BZh", "bz2 压缩包"), (b"\xfd7zXZ\0", "xz 压缩包"), (b"{\\rtf", "Word 文档"),
    (b"SQLite format 3\0", "数据库文件"), (b"MZ", "程序"), (b"\x7fELF", "程序"),
)  # fmt: skip
_CURES = {"图片": "交表格文件，不交截图", "PDF": "交导出 PDF 之前的表格文件", "程序": "交 .xlsx 或 .csv 文件"}
_REPACK = "用 zip 重新压缩，或解压后交"
RESAVE = "用 Excel 或 WPS 打开，另存为 .xlsx 再交"


def sniff(head: bytes) -> Content | Fault:
    """The kind of content, or the fault of a kind nobody can read as a table."""
    if not head:
        return Fault("是空文件", "重新导出再交")
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return Content.ZIP
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return Content.OLE
    if head.startswith(b"PAR1"):
        return Content.PARQUET
    for magic, kind in _OTHER:
        if head.startswith(magic) and (magic not in (b"BM", b"MZ") or b"\0" in head[:64]):
            cure = _REPACK if "压缩包" in kind else _CURES.get(kind, RESAVE)
            return Fault(f"内容是{kind}，不是表格", cure)
    return _markup(head) or Content.TEXT


def _markup(head: bytes) -> Fault | None:
    start = head[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<style")):
        return Fault("内容是网页，不是表格", RESAVE)
    if start.startswith(b"<?xml"):
        return Fault("内容是 XML，不是表格", RESAVE)
    if start.startswith((b'{"', b"[{", b"{\n", b"{\r\n")):
        return Fault("内容是 JSON，不是表格", "导出为 .xlsx 或 .csv 再交")
    return None
