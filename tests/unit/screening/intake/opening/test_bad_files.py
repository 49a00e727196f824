"""Files nobody can read as they are: one clear message each, with the cure."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import xlsxwriter
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

from shouwang.screening.intake.opening import NoRow, Opened, open_file, sheets
from shouwang.screening.intake.opening.sheet_parts import NO_RESULT
from shouwang.terms.errors import DataError

HEADER = ["姓名", "证件号码", "赔付日期", "赔付金额"]
ROW = ["张某", "530113198003010011", "2020-06-18", "12.50"]
TEXT = "\n".join([",".join(HEADER), *[",".join(ROW)] * 3, ""])
RESAVE = "用 Excel 或 WPS 打开，另存为 .xlsx 再交"
BROKEN = f"打不开：文件不完整或已损坏 → {RESAVE}"
LOCKED = "工作簿有打开密码 → 去掉密码另存一份再交，密码不要随文件发送"
Fill = Callable[[xlsxwriter.Workbook], None]


def book(fill: Fill | None = None) -> bytes:
    stream = io.BytesIO()
    workbook = xlsxwriter.Workbook(stream, {"in_memory": True})
    (fill or table)(workbook)
    workbook.close()
    return stream.getvalue()


def table(workbook: xlsxwriter.Workbook, name: str = "数据") -> None:
    sheet = workbook.add_worksheet(name)
    for line, row in enumerate([HEADER, ROW, ROW]):
        sheet.write_row(line, 0, row)


def old_book() -> bytes:
    stream = io.BytesIO()
    workbook = xlwt.Workbook()
    sheet = workbook.add_sheet("数据")
    for line, row in enumerate([HEADER, ROW]):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    workbook.save(stream)
    return stream.getvalue()


def locked(content: bytes) -> bytes:
    stream = io.BytesIO()
    OOXMLFile(io.BytesIO(content)).encrypt("1234", stream)
    return stream.getvalue()


def packed(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return stream.getvalue()


def opened(folder: Path, content: bytes, name: str = "file.xlsx") -> Opened:
    path = folder / name
    path.write_bytes(content)
    return open_file(path, scratch=folder)


def refused(folder: Path, content: bytes) -> str:
    """What is told of the file, which must be all; nothing of what it holds may be told."""
    with pytest.raises(DataError) as caught:
        opened(folder, content)
    assert ROW[0] not in str(caught.value)
    assert ROW[1] not in str(caught.value)
    return str(caught.value).removeprefix("file.xlsx: ")


def empty(workbook: xlsxwriter.Workbook) -> None:
    workbook.add_worksheet()


def hidden(workbook: xlsxwriter.Workbook) -> None:
    workbook.add_worksheet("空")
    table(workbook, "藏")
    workbook.get_worksheet_by_name("藏").hide()


def two_tables(workbook: xlsxwriter.Workbook) -> None:
    table(workbook, "五月")
    table(workbook, "六月")


def far_apart(workbook: xlsxwriter.Workbook) -> None:
    table(workbook)
    workbook.get_worksheet_by_name("数据").write(1_048_575, 16_383, "x")


def zeros(megabytes: int) -> bytes:
    return bytes(megabytes << 20)


WORD = packed({"word/document.xml": b"", "[Content_Types].xml": b""})
REFUSED = {
    "nothing": (lambda: b"", "是空文件 → 重新导出再交"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(99), "内容是图片，不是表格 → 交表格文件，不交截图"),
    "a photo": (lambda: b"\xff\xd8\xff\xe0" + bytes(99), "内容是图片，不是表格 → 交表格文件，不交截图"),
    "a PDF": (lambda: b"%PDF-1.7\n", "内容是PDF，不是表格 → 交导出 PDF 之前的表格文件"),
    "a RAR": (lambda: b"Rar!\x1a\x07\0", "内容是RAR 压缩包，不是表格 → 用 zip 重新压缩，或解压后交"),
    "a web page named XLS": (lambda: b"<html><table><tr><td>1", f"内容是网页，不是表格 → {RESAVE}"),
    "XML": (lambda: b'<?xml version="1.0"?><Workbook/>', f"内容是 XML，不是表格 → {RESAVE}"),
    "JSON": (lambda: b'[{"a": 1}]', "内容是 JSON，不是表格 → 导出为 .xlsx 或 .csv 再交"),
    "Word": (lambda: WORD, f"内容是Word 文档，不是可以读的表格 → {RESAVE}"),
    "slides": (
        lambda: packed({"ppt/presentation.xml": b""}),
        f"内容是演示文稿，不是可以读的表格 → {RESAVE}",
    ),
    "XLSB": (
        lambda: packed({"xl/workbook.bin": b""}),
        f"内容是二进制工作簿（.xlsb），不是可以读的表格 → {RESAVE}",
    ),
    "ODS": (lambda: packed({"content.xml": b"", "mimetype": b""}), f"内容是ODF 文件，不是可以读的表格 → {RESAVE}"),
    "a workbook under a password": (lambda: locked(book()), LOCKED),
    "a workbook cut short": (lambda: book()[:-400], "文件不完整：多半没有传完 → 重新导出，传完再交"),
    "a workbook with a broken part": (
        lambda: packed({"xl/workbook.xml": b"<broken", "xl/_rels/workbook.xml.rels": b"<r/>"}),
        BROKEN,
    ),
    "a workbook without its parts": (lambda: packed({"xl/styles.xml": b""}), BROKEN),
    "an old workbook cut short": (lambda: old_book()[:700], BROKEN),
    "an empty sheet": (lambda: book(empty), "工作表是空的 → 重新导出再交；当月没有数据时也要留表头"),
    "only a hidden sheet": (lambda: book(hidden), "工作表是空的 → 数据若在隐藏的工作表里，取消隐藏再交"),
    "two tables": (lambda: book(two_tables), "有 2 个工作表都像数据：“五月”、“六月” → 每个文件只留一个工作表，分开交"),
    "cells too far apart": (
        lambda: book(far_apart),
        "工作表伸到第 1048576 行、第 16384 列，其中几乎都是空的 → 把有数据的部分复制到新的工作簿再交",
    ),
    "a zip of nothing": (lambda: packed({}), "压缩包里没有文件 → 把表格放进去再交"),
    "a zip of two files": (
        lambda: packed({"一月.csv": b"", "二月.csv": b""}),
        "压缩包里有 2 个文件，分不清交哪一个 → 每个压缩包只放一个表格，分开交",
    ),
    "a zip in a zip": (
        lambda: packed({"a.zip": packed({"a.csv": TEXT.encode()})}),
        "压缩包里又是压缩包 → 只压缩一次，或直接交表格",
    ),
    "a bomb": (
        lambda: packed({"a.csv": zeros(80)}),
        "解压后有 0.1 GB，是压缩后的 1000 多倍，像是压缩炸弹 → 确认来源；只交有数据的行，直接交 .csv",
    ),
    "a bomb in a workbook": (
        lambda: packed({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": zeros(80)}),
        "解压后有 0.1 GB，是压缩后的 1000 多倍，像是压缩炸弹 → 确认来源；只交有数据的行，直接交 .csv",
    ),
    "no header": (
        lambda: "\n".join([",".join(ROW)] * 3).encode(),
        "没有表头 → 加上一行表头，如：姓名、证件号码 ……",
    ),
    "blank lines": (lambda: b"\n\n \n", "没有内容 → 重新导出再交"),
    "shifted columns": (
        lambda: (TEXT + "张某,530113198003010011,2020,06,18,12.50\n" * 7).encode(),
        "10 行中有 7 行的列数与表头不同，列已经错位 → 多半是内容里的逗号没有加引号：另存为 .xlsx 再交",
    ),
    "mostly another encoding": (
        lambda: TEXT.encode("gb18030") + (",".join(ROW) + "\n").encode() * 9,
        "9 行的编码与文件其余部分不同，像是几个文件拼在一起 → 分开交，或统一另存为 CSV UTF-8 再交",
    ),
    "a quote nobody closed": (
        lambda: TEXT.replace("张某", '"张某', 1).encode(),
        "第 2 行的引号不成对，后面的行也读不出来 → 补上或去掉这个引号再交",
    ),
    "a line without end": (
        lambda: b"1," * 600_000,
        "第 1 行超过一百万字，不是表格 → 检查导出的格式，另存为 .xlsx 再交",
    ),
    "no Parquet": (lambda: b"PAR1" + bytes(20), "不是可以打开的 Parquet 文件 → 重新导出再交"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_with_one_message(tmp_path: Path, name: str) -> None:
    content, told = REFUSED[name]
    assert refused(tmp_path, content()) == told


def test_zip_under_a_password(tmp_path: Path) -> None:
    content = bytearray(packed({"a.csv": TEXT.encode()}))
    for at in (content.index(b"PK\x03\x04") + 6, content.index(b"PK\x01\x02") + 8):
        content[at] |= 1  # the bit that says so
    assert refused(tmp_path, bytes(content)) == "压缩包有密码 → 去掉密码重新压缩，密码不要随文件发送"


def test_zip_that_lies_about_its_size(tmp_path: Path) -> None:
    content = bytearray(packed({"a.csv": zeros(80)}))
    for at in (content.index(b"PK\x03\x04") + 22, content.index(b"PK\x01\x02") + 24):
        content[at : at + 4] = (1000).to_bytes(4, "little")
    assert refused(tmp_path, bytes(content)) == "压缩包不完整或已损坏 → 重新压缩，或直接交里面的表格"


def test_formula_without_a_result_is_not_empty(tmp_path: Path) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        table(workbook)
        sheet = workbook.get_worksheet_by_name("数据")
        sheet.write_formula(1, 3, "=1+1", None, "")
        sheet.write_formula(2, 3, "=1/0", None, "#DIV/0!")
        sheet.write_row(3, 0, ROW)
        sheet.write_formula(3, 3, "=1+1", None, 2)

    found = opened(tmp_path, book(fill))
    amounts = pq.read_table(found.rows)["c3"].to_pylist()
    assert amounts == [NO_RESULT, "#DIV/0!", "2"]
    assert [(repair.code, repair.count) for repair in found.repairs] == [("formula", 2)]


def test_a_million_blank_rows_are_none(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(4, 1_000_001))
    parts = zipfile.ZipFile(io.BytesIO(book()))
    sheet = parts.read("xl/worksheets/sheet1.xml").replace(b"</sheetData>", rows.encode() + b"</sheetData>")
    content = packed({name: parts.read(name) for name in parts.namelist()} | {"xl/worksheets/sheet1.xml": sheet})
    assert pq.read_table(opened(tmp_path, content).rows).num_rows == 2


def test_a_million_blank_lines_are_none(tmp_path: Path) -> None:
    found = opened(tmp_path, (TEXT + ",,,\n" * 1_000_000).encode("gb18030"))
    assert pq.read_table(found.rows).num_rows == 3
    assert ("blank", 1_000_000) in [(repair.code, repair.count) for repair in found.repairs]


def test_lines_in_another_encoding_are_no_rows(tmp_path: Path) -> None:
    found = opened(tmp_path, TEXT.encode("gb18030") + (",".join(ROW) + "\n").encode())
    assert found.no_rows == (NoRow(5, 0, "编码与文件其余部分不同"),)
    assert pq.read_table(found.rows)["line"].to_pylist() == [2, 3, 4]


def test_few_shifted_rows_are_no_rows(tmp_path: Path) -> None:
    found = opened(tmp_path, (TEXT + "张某,530113198003010011\n张某,,,,,6\n").encode("gb18030"))
    assert found.no_rows == (NoRow(5, 0, "列数不足"), NoRow(6, 0, "列数过多"))


def test_old_workbook_that_takes_all_memory_ends_only_its_reader(tmp_path: Path) -> None:
    """Found by fuzzing: a chain of sectors that is a ring."""
    content = bytearray(old_book())
    first_fat = int.from_bytes(content[76:80], "little")
    place = 512 * (first_fat + 1)
    content[place : place + 512] = b"".join((0).to_bytes(4, "little") for _ in range(128))
    assert refused(tmp_path, bytes(content)) == BROKEN


def test_old_workbook_under_a_password(tmp_path: Path) -> None:
    content = bytearray(old_book())
    content[532:534] = b"\x2f\0"  # the record after the first says that the rest is encrypted
    assert refused(tmp_path, bytes(content)) == LOCKED


def test_old_word_document(tmp_path: Path) -> None:
    content = old_book()[:512] + "WordDocument".encode("utf-16-le")
    assert refused(tmp_path, content) == f"内容是 Word 文档，不是表格 → {RESAVE}"


def test_old_workbook_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "LONGEST", 0.001)
    assert refused(tmp_path, old_book()) == BROKEN


class PanicException(BaseException):
    """What calamine raises where it panics: no `Exception`."""


@pytest.mark.parametrize(("raised", "told"), [(PanicException(), BROKEN), (sheets.PasswordError(), LOCKED)])
def test_reader_that_panics(raised: BaseException, told: str) -> None:
    def read() -> None:
        raise raised

    with pytest.raises(DataError) as caught:
        sheets.told(read, "file.xlsx")
    assert str(caught.value) == f"file.xlsx: {told}"


def test_stopping_is_no_fault_of_a_file() -> None:
    def read() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sheets.told(read, "file.xlsx")


def test_more_columns_than_letters_are_read(tmp_path: Path) -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        for line, row in enumerate([HEADER, ROW]):
            sheet.write_row(line, 0, [*row, *[f"{row[0]}{n}" for n in range(40)]])

    assert len(opened(tmp_path, book(fill)).headers) == 44


def test_header_printed_on_every_page(tmp_path: Path) -> None:
    lines = [",".join(HEADER), ",".join(ROW)]
    found = opened(tmp_path, "\n".join([*lines, *lines, "小计,,,12.5", *lines, ""]).encode("gb18030"))
    assert pq.read_table(found.rows)["line"].to_pylist() == [2, 4, 7]
    assert [(repair.code, repair.count) for repair in found.repairs[1:]] == [("header", 2), ("total", 1)]


def test_short_lines_below_the_table(tmp_path: Path) -> None:
    below = "合计,,,9\n\n,\n注：一、不含退保\n二、按结算日期统计\n填表人：\n"
    found = opened(tmp_path, (TEXT + below).encode("gb18030"))
    assert pq.read_table(found.rows).num_rows == 3
    assert found.no_rows == ()
    told = [(repair.code, repair.count) for repair in found.repairs[1:]]
    assert told == [("blank", 1), ("total", 1), ("signature", 1), ("note", 2)]


def test_directive_of_excel_above_a_text(tmp_path: Path) -> None:
    found = opened(tmp_path, ("sep=;\n" + TEXT.replace(",", ";")).encode())
    assert (found.headers, found.header_line, found.title) == (tuple(HEADER), 2, "")


def test_extra_blank_cells_are_dropped(tmp_path: Path) -> None:
    found = opened(tmp_path, (TEXT + ",".join(ROW) + ",,\n").encode("gb18030"))
    assert (found.no_rows, pq.read_table(found.rows).num_rows) == ((), 4)


def test_clean_file_is_read_as_it_lies(tmp_path: Path) -> None:
    found = opened(tmp_path, TEXT.encode())
    assert (found.is_straight, found.rows, found.repairs) == (True, tmp_path / "file.xlsx", ())


@pytest.mark.parametrize(
    "text",
    [
        TEXT + "合计,,,37.50\n",
        TEXT.replace("张某", "张\u200b某"),
        TEXT.replace("12.50", "１２.50"),
        TEXT.replace("张某", "'张某"),
        TEXT.replace("张某", '="张某"'),
        TEXT.replace("张某", "张某\t"),
        TEXT.replace("\n", "\r\n", 1),
        TEXT.replace(ROW[0], f'"{ROW[0]}\n"'),
        "标题,,,\n" + TEXT,
        TEXT.replace("证件号码", ""),
        TEXT.replace(",", ";"),
    ],
)
def test_file_that_is_not_clean_is_not_read_as_it_lies(tmp_path: Path, text: str) -> None:
    assert not opened(tmp_path, text.encode()).is_straight


@pytest.mark.parametrize("name", ["file.xls", "file.csv", "file", "file.XLSX", "file.xlsb"])
@pytest.mark.parametrize("make", [book, old_book])
def test_workbook_under_a_wrong_name(tmp_path: Path, make: Callable[[], bytes], name: str) -> None:
    assert opened(tmp_path, make(), name).headers == tuple(HEADER)


def test_workbook_cut_short_within_a_zip(tmp_path: Path) -> None:
    told = "文件不完整：多半没有传完 → 重新导出，传完再交"
    assert refused(tmp_path, packed({"六月.xls": book()[:-400]})) == told


@pytest.mark.parametrize("broken", ["a bomb in a workbook", "a workbook with a broken part", "cells too far apart"])
def test_fault_names_the_file_as_it_was_delivered(tmp_path: Path, broken: str) -> None:
    """Found by fuzzing: a workbook under a wrong name is read through a link of another."""
    with pytest.raises(DataError) as caught:
        opened(tmp_path, REFUSED[broken][0](), "六月.csv")
    assert [fault.where for fault in caught.value.faults] == ["六月.csv"]
