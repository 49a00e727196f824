"""Coverage-guided fuzzing of the opener: whatever the bytes, a file is opened or refused with a fault, never a crash.

    make fuzz                    twenty minutes; FUZZ_SECONDS=… for more or less
    .venv-fuzz/bin/python -m tests.fuzz.fuzz_opening CORPUS FILE    one input again

The first byte says where the others go: the file itself, or a part of an otherwise sound workbook or zip.
"""

import io
import sys
import tempfile
import zipfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["shouwang.screening.intake.opening", "csv", "zipfile"]):
    from shouwang.screening.intake import opening
    from shouwang.terms.errors import DataError, Fault

import pyarrow.parquet as pq

SCRATCH = Path(tempfile.mkdtemp(prefix="fuzz-opening-"))
SOUND = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"""
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PARTS = {
    "[Content_Types].xml": f'{SOUND}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
    "xl/workbook.xml": f'{SOUND}<workbook {MAIN} xmlns:r="{RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="r1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'{SOUND}<Relationships xmlns="{RELATIONS}"><Relationship Id="r1"'
    f' Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2"'
    f' Type="{RELATIONS}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": f"{SOUND}<sst {MAIN}><si><t>姓名</t></si><si><t>证件号码</t></si><si><t>张</t></si></sst>",
    "xl/worksheets/sheet1.xml": f'{SOUND}<worksheet {MAIN}><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c>'
    '<c r="B1" t="s"><v>1</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><f>1+1</f></c></row>'
    "</sheetData></worksheet>",
}
REPLACED = ("", "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")


def workbook_with(part: str, content: bytes) -> bytes:
    """A workbook of which one part is other bytes."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, sound in PARTS.items():
            book.writestr(name, content if name == part else sound)
    return stream.getvalue()


def packed(content: bytes) -> bytes:
    """A zip of one file."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("file", content)
    return stream.getvalue()


def file_of(data: bytes) -> bytes:
    """What is delivered for some bytes of the fuzzer."""
    where = data[0] % 8
    if where == 7:
        return packed(data[1:])
    if 0 < where < len(REPLACED):
        return workbook_with(REPLACED[where], data[1:])
    return data[1:]


def open_one(data: bytes) -> None:
    """Open it; only a fault of the data may be raised, and what was opened must hold together."""
    if not data:
        return
    path = SCRATCH / "file"
    path.write_bytes(file_of(data))
    try:
        opened = opening.open_file(path, scratch=SCRATCH)
    except DataError as error:
        check(error.faults)
        return
    finally:
        sweep_if_many()
    assert len(opened.headers) == len(opened.columns)
    if not opened.is_straight:
        table = pq.read_table(opened.rows)
        assert set(opened.columns) | {opening.LINE} <= set(table.column_names)
        opened.rows.unlink()
        opened.rows.parent.rmdir()


def check(faults: list[Fault]) -> None:
    """Every fault says what, where and what to do."""
    assert faults
    assert all(fault.found and fault.cure and fault.where == "file" for fault in faults)


def sweep_if_many() -> None:
    """Folders of refused files."""
    for folder in SCRATCH.glob("*-*"):
        for path in folder.glob("*"):
            if path.suffix != ".parquet":
                path.unlink()
        if not any(folder.iterdir()):
            folder.rmdir()


def seeds(corpus: Path) -> None:
    """A few honest files to begin with."""
    table = "姓名,证件号码,赔付金额\n张,530113198003010011,12.50\n合计,,12.50\n填表人：,,\n"
    corpus.mkdir(parents=True, exist_ok=True)
    for n, encoding in enumerate(["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"]):
        (corpus / f"text{n}").write_bytes(b"\0" + table.encode(encoding))
        (corpus / f"tabs{n}").write_bytes(b"\0" + table.replace(",", "\t").encode(encoding))
    for n, part in enumerate(REPLACED[1:], start=1):
        (corpus / f"part{n}").write_bytes(bytes([n]) + PARTS[part].encode())
    (corpus / "book").write_bytes(b"\0" + workbook_with("", b""))
    (corpus / "zip").write_bytes(b"\7" + table.encode())
    (corpus / "xls").write_bytes(b"\0" + old_workbook())


def old_workbook() -> bytes:
    """An XLS."""
    import xlwt

    book = xlwt.Workbook()
    sheet = book.add_sheet("a")
    for line, row in enumerate([["姓名", "证件号码"], ["张", "530113198003010011"]]):
        for column, cell in enumerate(row):
            sheet.write(line, column, cell)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


if __name__ == "__main__":
    seeds(Path(sys.argv[1]))
    atheris.Setup(sys.argv, open_one)
    atheris.Fuzz()
