"""Quarantine names the line as an editor counts it, whatever stands above; a file that would lose rows is refused."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pytest
from ibis import Table

from shouwang.screening.datasets import CATALOGUE
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import MACROS, quarantine
from shouwang.screening.intake.extracts import Typed, read_dataset
from shouwang.screening.intake.lines import lines_in
from shouwang.screening.intake.survey import SourceFile, open_source
from shouwang.terms.errors import DataError
from shouwang.terms.period import Month
from tests.support.screened import POLICY

LOANS = CATALOGUE["loans"]
GOOD, BAD, SHORT, LONG = "张某,,小额,0", "张某,,小额,很久", "张某,", "张某,,小额,0,多,了"
SPLIT, SPLIT_BAD = '张某,,"小\n额",0', '张某,,"小\n额",很久'
HEADER = "姓名,证件号码,品种,逾期天数"


@pytest.fixture
def db(tmp_path: Path) -> Iterator[DuckDB]:
    engine = DuckDB(tmp_path, MACROS)
    yield engine
    engine.close()


def delivered(folder: Path, content: str | bytes) -> SourceFile:
    path = folder / "extracts" / "loans" / "2020-06.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return open_source(LOANS, Month(2020, 6), path, folder, agreed={}, scratch=folder)


def read(db: DuckDB, folder: Path, content: str | bytes) -> Typed:
    return read_dataset(db, LOANS, [delivered(folder, content)], folder, POLICY.vocabulary, nobody)


def nobody(rows: Table) -> Table:
    """Rows as they are when the register knows none of these people."""
    return rows.mutate(household_no=ibis.null("int32"), name_hash=ibis.null("int64"))


def lines_told(db: DuckDB, of: Typed) -> list[tuple[int, str]]:
    marks = quarantine.fault_marks(LOANS)
    bad = quarantine.places(db, of, {202006}, POLICY.vocabulary, marks)
    rows = [*quarantine.mangled_places(of).to_pylist(), *bad.to_pylist()]
    return sorted((row["line"], row["column"] or row["reason"]) for row in rows)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("above", "rows", "expected"),
    [
        (HEADER, [BAD], [(2, "逾期天数")]),
        (HEADER, [GOOD, SHORT, GOOD, BAD], [(3, "列数不足"), (5, "逾期天数")]),
        (HEADER, [LONG, BAD, SHORT, BAD], [(2, "列数过多"), (3, "逾期天数"), (4, "列数不足"), (5, "逾期天数")]),
        (HEADER, [SPLIT, BAD], [(4, "逾期天数")]),
        (HEADER, [SPLIT_BAD, SHORT, BAD], [(2, "逾期天数"), (4, "列数不足"), (5, "逾期天数")]),
        (HEADER, [SPLIT, SHORT, SPLIT, BAD], [(4, "列数不足"), (7, "逾期天数")]),
        (HEADER, ['张某,"一\n二"', BAD], [(2, "列数不足"), (4, "逾期天数")]),
        (HEADER, ['张"某,,小额,0', BAD], [(3, "逾期天数")]),
        (HEADER, ['张某,,"小"额,0', BAD], [(2, "引号不成对"), (3, "逾期天数")]),
        (HEADER, [GOOD, "", BAD, "", "", SHORT, BAD], [(4, "逾期天数"), (7, "列数不足"), (8, "逾期天数")]),
        (HEADER, ["", '张某,,"小\n\n额",0', BAD], [(6, "逾期天数")]),
        ('姓名,证件号码,品种,"逾期\n天数"', [BAD, SPLIT, BAD], [(3, "逾期天数"), (6, "逾期天数")]),
    ],
)
def test_line_is_the_one_of_the_file(
    db: DuckDB, tmp_path: Path, end: str, above: str, rows: list[str], expected: list[tuple[int, str]]
) -> None:
    text = "\n".join([above, *rows, ""]).replace("\n", end)
    assert lines_told(db, read(db, tmp_path, text)) == expected


def test_line_below_a_byte_order_mark_and_a_foreign_letter(db: DuckDB, tmp_path: Path) -> None:
    foreign = "张某,,小额,0".encode("gb18030")
    content = b"\xef\xbb\xbf" + b"\n".join([HEADER.encode(), foreign, BAD.encode(), b""])
    assert lines_told(db, read(db, tmp_path, content)) == [(2, "编码与文件其余部分不同"), (3, "逾期天数")]


def test_lines_that_end_the_old_way(db: DuckDB, tmp_path: Path) -> None:
    content = "\r".join([HEADER, GOOD, SHORT, BAD, ""])
    assert lines_told(db, read(db, tmp_path, content)) == [(3, "列数不足"), (4, "逾期天数")]


def test_lines_of_a_second_file_are_its_own(db: DuckDB, tmp_path: Path) -> None:
    """What one reading found must not be told of the next."""
    first = read(db, tmp_path / "a", "\n".join([HEADER, SHORT, BAD, ""]))
    assert lines_told(db, first) == [(2, "列数不足"), (3, "逾期天数")]
    second = read(db, tmp_path / "b", "\n".join([HEADER, GOOD, BAD, ""]))
    assert lines_told(db, second) == [(3, "逾期天数")]


def test_quote_nobody_closed_is_refused(db: DuckDB, tmp_path: Path) -> None:
    """Rows below it would be read as one cell: gone, as if nothing had happened."""
    with pytest.raises(DataError) as caught:
        read(db, tmp_path, "\n".join([HEADER, GOOD, '张某,,"小额,0', *[GOOD] * 5, ""]))
    told = "extracts/loans/2020-06.csv: 第 3 行的引号不成对，后面的行也读不出来 → 补上或去掉这个引号再交"
    assert str(caught.value) == told


def test_line_ends_of_two_kinds_are_told_apart_from_rows(db: DuckDB, tmp_path: Path) -> None:
    found = read(db, tmp_path, f"{HEADER}\n{GOOD}\n{BAD}\r\n{GOOD}\r\n{BAD}\r\n")
    assert lines_told(db, found) == [(3, "逾期天数"), (5, "逾期天数")]


NO_ID, NO_ID_BAD, LOST = "张某,,小额,0", "张某,,小额,很久", "李某,5.30128E+17,小额,3"
SOUND = "王某,11010519491231002X,小额,0"
SPLIT_SOUND = '王某,11010519491231002X,"小\n额",0'


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([SOUND, NO_ID, LOST, NO_ID_BAD], [3, 4]),
        ([SPLIT_SOUND, NO_ID], [4]),
        ([SOUND, "", LOST], [4]),
        ([SHORT, SOUND, LOST], [4]),
        ([SOUND], []),
    ],
)
def test_rows_without_an_id_are_told_alike_closely_or_among_all(
    db: DuckDB, tmp_path: Path, rows: list[str], expected: list[int]
) -> None:
    of = read(db, tmp_path, "\n".join([HEADER, *rows]) + "\n")
    fates = db.from_arrow(pa.table({"written": pa.array([], pa.string()), "band": pa.array([], pa.string())}))
    marks = quarantine.unlinked_marks(LOANS, fates)
    closely = quarantine.places(db, of, {202006}, POLICY.vocabulary, marks)
    assert closely == quarantine.places(db, of, {202006}, POLICY.vocabulary, marks, quarantine.without_id)
    assert closely.column("line").to_pylist() == expected
    assert not quarantine.places(db, of, {202005}, POLICY.vocabulary, marks, quarantine.without_id).num_rows
    assert not list(tmp_path.glob("*.few-*"))


@pytest.mark.parametrize(
    ("content", "expected"), [(b"", 0), (b"a", 1), (b"a\n", 1), (b"a\r\nb", 2), (b"a\n\n", 2), (b"a\rb", 1)]
)
def test_lines_are_counted_with_or_without_the_last_end(tmp_path: Path, content: bytes, expected: int) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    assert lines_in(path) == expected
