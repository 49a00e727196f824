"""Cells in the ways people write them: read where nothing is guessed, else a fault that says what is wrong."""

import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pytest

from shouwang.screening.datasets import CATALOGUE, Column, Dataset, Kind, Reads
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import MACROS, cells, folding, identity
from shouwang.terms.writing import plain, traditional

DAY = Column("cell", "日期", Reads.DATE)
FEN = Column("cell", "金额", Reads.MONEY)
DAYS = Column("cell", "天数", Reads.COUNT, unit="天")
METRES = Column("cell", "取水半径米", Reads.COUNT, unit="米")
ID = Column("cell", "证件号码", Reads.ID, may_be_empty=True)
MAY_BE_EMPTY = Column("cell", "日期", Reads.DATE, may_be_empty=True)


@pytest.fixture(scope="module")
def db() -> Iterator[DuckDB]:
    with tempfile.TemporaryDirectory() as scratch:
        made = DuckDB(Path(scratch), MACROS)
        yield made
        made.close()


def raw_of(db: DuckDB, texts: list[str | None]) -> ibis.Table:
    return db.from_arrow(pa.table({"n": range(len(texts)), "cell": pa.array(texts, pa.string())}))


def read(db: DuckDB, column: Column, *texts: str | None) -> list[Any]:
    raw = raw_of(db, list(texts))
    found = db.fetch(raw.select("n", value=cells.value(column, raw)).order_by("n"))
    return list(found["value"].to_pylist())


def told(db: DuckDB, column: Column, *texts: str | None) -> list[str | None]:
    raw = raw_of(db, list(texts))
    return list(db.fetch(raw.select("n", told=cells.told(column, raw)).order_by("n"))["told"].to_pylist())


EIGHTEENTH = date(2020, 6, 18)
DAYS_WRITTEN = [
    "2020-06-18", "2020/6/18", "2020.6.18", "2020.06.18", "2020 06 18", "20200618", "2020年6月18日", "2020年06月18号",
    "２０２０年６月１８日", "２０２０－０６－１８", "二〇二〇年六月十八日", "二零二零年六月十八日",
    "二○二○年六月十八日", "2020年6月18號",
    "2020-06-18 00:00:00", "2020-06-18T09:30:00", "2020.6.18 9:30", "20200618 00:00:00", "2020年6月18日09时30分",
    "2020-06-18T00:00:00+08:00", "\u3000 2020-06-18\u200b\n", "2020 年 6 月 18 日", "2020、6、18",
]  # fmt: skip


@pytest.mark.parametrize("text", DAYS_WRITTEN)
def test_day_in_a_way_it_is_written(db: DuckDB, text: str) -> None:
    assert read(db, DAY, text) == [EIGHTEENTH]
    assert told(db, DAY, text) == [None]


def test_day_in_chinese_numerals_all_days_of_a_month(db: DuckDB) -> None:
    ones = [*"一二三四五六七八九"]
    days = [*ones, "十", *(f"十{n}" for n in ones), "二十", "二十一", "廿二", "廿三"]
    days += [*(f"二十{n}" for n in ones[3:]), "三十", "卅一"]
    expected = [date(1999, 12, n) for n in range(1, 32)]
    assert read(db, DAY, *(f"一九九九年十二月{day}日" for day in days)) == expected


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("18/06/2020", "分不清日和月的先后"),
        ("06-07-2020", "分不清日和月的先后"),
        ("6/18/20", "年份不足四位，不能猜"),
        ("20.6.18", "年份不足四位，不能猜"),
        ("20年6月18日", "年份不足四位，不能猜"),
        ("2020年6月", "只有年或年月，没有日"),
        ("2020-06", "只有年或年月，没有日"),
        ("2020", "只有年或年月，没有日"),
        ("44000", "像是 Excel 的日期序号，文本文件里不能确认"),
        ("2020-02-30", "没有这一天，或不在 1900 至 2099 年"),
        ("20201318", "没有这一天，或不在 1900 至 2099 年"),
        ("二〇二〇年二月三十日", "没有这一天，或不在 1900 至 2099 年"),
        ("1899-12-31", "没有这一天，或不在 1900 至 2099 年"),
        ("2100-01-01", "没有这一天，或不在 1900 至 2099 年"),
        ("infinity", "看不出是哪一天"),
        ("去年冬天", "看不出是哪一天"),
        ("庚子年五月初三", "看不出是哪一天"),
    ],
)
def test_day_that_would_be_a_guess(db: DuckDB, text: str, why: str) -> None:
    assert read(db, DAY, text) == [None]
    assert told(db, DAY, text) == [f"{why}，应为日期，写作 2020-06-18"]


def test_first_and_last_day(db: DuckDB) -> None:
    assert read(db, DAY, "1900-01-01", "2099.12.31") == [date(1900, 1, 1), date(2099, 12, 31)]


DATED = Dataset("d", "d", "d", Kind.EVENTS, (DAY,), ())
PAID = Dataset("p", "p", "p", Kind.EVENTS, (FEN,), ())
FETCHED = Dataset("f", "f", "f", Kind.EVENTS, (METRES,), ())


def test_number_of_a_day_counts_in_a_workbook_only(db: DuckDB) -> None:
    texts = ["44000", "44000.5", "20000", "73050", "19999", "73051", "2020-06-18", None]
    raw = raw_of(db, texts)
    sheet = cells.as_meant(DATED, raw, units={}, of_workbook=True)
    found = db.fetch(sheet.select("n", value=cells.value(DAY, sheet)).order_by("n"))["value"].to_pylist()
    june, first, last = date(2020, 6, 18), date(1954, 10, 3), date(2099, 12, 31)
    assert found == [june, june, first, last, None, None, june, None]
    text = cells.as_meant(DATED, raw, units={}, of_workbook=False)
    assert db.fetch(text.filter(text.n == 0))["cell"].to_pylist() == ["44000"]


@pytest.mark.parametrize(
    ("text", "fen"),
    [
        ("1234.5", 123_450), ("1,234.50", 123_450), ("１，２３４．５０", 123_450), ("￥1234", 123_400),
        ("¥ 1,234", 123_400),
        ("1234元", 123_400), ("1234圆整", 123_400), ("人民币1,234.00元整", 123_400), ("RMB 1234", 123_400),
        ("1.5万", 1_500_000), ("1.5万元", 1_500_000), ("1.5萬元", 1_500_000), ("0.0001万元", 100), ("3千元", 300_000),
        ("0.02亿", 200_000_000), ("1亿元", 10_000_000_000), ("2百万", 200_000_000), ("1.5千万", 1_500_000_000),
        (".5", 50), ("5.", 500), ("0", 0), ("1234.50000000", 123_450), ("+12", 1_200), ("＋１２", 1_200),
        ("1e3", 100_000), ("0.3000000000000000", 30),
    ],
)  # fmt: skip
def test_amount_in_a_way_it_is_written(db: DuckDB, text: str, fen: int) -> None:
    assert read(db, FEN, text) == [fen]
    assert told(db, FEN, text) == [None]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("-1234", "是负数"), ("（1,234.00）", "是负数"), ("(1234)", "是负数"), ("−5元", "是负数"),
        ("(1.5)万元", "是负数"), ("(1.5万元)", "是负数"),
        ("(5", "不是金额"), ("5)", "不是金额"), ("(1万)万元", "不是金额"),
        ("1.005", "元以下超过两位小数"), ("0.0000012万元", "元以下超过两位小数"),
        ("100000000.01", "超过 1 亿元，像是单位写错了"), ("1.1亿", "超过 1 亿元，像是单位写错了"),
        ("99999999999亿", "超过 1 亿元，像是单位写错了"),
        ("10000.01万元", "超过 1 亿元，像是单位写错了"),
        ("1,2345", "不是金额"), ("12,34", "不是金额"), ("$12", "不是金额"), ("1.2.3", "不是金额"),
        ("三百元", "不是金额"),
        ("12万亿", "不是金额"), ("99999999999999999999999999", "不是金额"), ("nan", "不是金额"),
    ],
)  # fmt: skip
def test_amount_that_cannot_be_used(db: DuckDB, text: str, why: str) -> None:
    assert read(db, FEN, text) == [None]
    expected = "应为以元计的金额，至多两位小数，如 1234.50"
    assert told(db, FEN, text) == [f"{'不能为空' if text == 'nan' else why}，{expected}"]


def test_unit_of_the_header_is_exact_and_gives_way_to_the_unit_of_the_cell(db: DuckDB) -> None:
    raw = raw_of(db, ["1.2345", "0.1", "12元", "0.3万", "１", None, "", "20000", "x"])
    meant = cells.as_meant(PAID, raw, units={"cell": "万元"}, of_workbook=True)
    found = db.fetch(meant.select("n", value=cells.value(FEN, meant)).order_by("n"))["value"].to_pylist()
    assert found == [1_234_500, 100_000, 1_200, 300_000, 1_000_000, None, None, None, None]
    assert cells.as_meant(PAID, raw, units={"cell": "元"}, of_workbook=True) is raw


@pytest.mark.parametrize(
    ("column", "text", "count"),
    [
        (DAYS, "30", 30), (DAYS, "30天", 30), (DAYS, "30 日", 30), (DAYS, "３０", 30), (DAYS, "1,200", 1_200),
        (DAYS, "3.0", 3), (DAYS, "2个月", None), (DAYS, "30次", None), (DAYS, "3.5", None), (DAYS, "-1", None),
        (DAYS, "100001", None), (DAYS, "1000000000000", None), (DAYS, "三十", None),
        (METRES, "300米", 300), (METRES, "1.2公里", 1_200), (METRES, "1.2345km", None), (METRES, "0.5千米", 500),
        (METRES, "3里", None),
    ],
)  # fmt: skip
def test_count(db: DuckDB, column: Column, text: str, count: int | None) -> None:
    assert read(db, column, text) == [count]


def test_unit_of_the_header_for_a_distance(db: DuckDB) -> None:
    raw = raw_of(db, ["1.2", "300米"])
    meant = cells.as_meant(FETCHED, raw, units={"cell": "公里"}, of_workbook=False)
    found = db.fetch(meant.select("n", value=cells.value(METRES, meant)).order_by("n"))["value"].to_pylist()
    assert found == [1_200, 300]


def test_label_in_any_spelling(db: DuckDB) -> None:
    insured = CATALOGUE["medical_insurance"].column("status")
    column = Column("cell", insured.header, Reads.LABEL, labels=insured.labels)
    texts = [
        "正常参保",
        " 正 常 参保",
        "正常參保",
        "1-正常参保",
        "（01）正常参保",
        "未繳費",
        "参保\u200b",
        "参保吗",
        "1",
        None,
    ]
    expected = ["insured"] * 5 + ["not", "insured", None, None, None]
    assert read(db, column, *texts) == expected
    clean = CATALOGUE["water"].column("clean")
    column = Column("cell", clean.header, Reads.LABEL, labels=clean.labels)
    said = [*"是对有√✓YyTt1", "达标", "達標", "TRUE", "Ｙ", "yes"], [*"否无×✗NnFf0", "不达标", "False", "沒有", "no"]
    assert [set(read(db, column, *texts)) for texts in said] == [{"yes"}, {"no"}]


def test_reason_names_labels_but_not_all_of_many() -> None:
    school = CATALOGUE["school_roll"].column("status")
    assert cells.reason(school) == f"应为{'、'.join(school.labels)}之一"
    assert cells.reason(CATALOGUE["water"].column("clean")).endswith("等之一")


@pytest.mark.parametrize("text", ["", " ", None, "/", "—", "－", "N/A", "#N/A", "NULL", "无数据", "不详", "\u3000"])
def test_cell_that_says_nothing_is_a_fault_only_where_something_must_be_said(db: DuckDB, text: str | None) -> None:
    assert read(db, MAY_BE_EMPTY, text) == read(db, DAY, text) == [None]
    assert told(db, MAY_BE_EMPTY, text) == [None]
    assert told(db, DAY, text) == ["不能为空，应为日期，写作 2020-06-18"]


@ibis.udf.scalar.builtin(name="plain_word", signature=(("string",), "string"))
def plain_word(text): ...


def test_every_label_is_folded_as_python_folds_it(db: DuckDB) -> None:
    """Also in Traditional characters and full width: the macro and `terms.writing.plain` agree on all we write."""
    words = {word for dataset in CATALOGUE.values() for column in dataset.columns for word in column.labels}
    ways = sorted(words | {traditional(word) for word in words} | {"註銷", "Ａ級", "ｔｒｕｅ"})
    raw = raw_of(db, ways)
    found = db.fetch(raw.select("n", folded=plain_word(raw.cell)).order_by("n"))["folded"].to_pylist()
    assert found == [plain(way) for way in ways]
    assert len(folding.TRADITIONAL) == len(folding.SIMPLIFIED)


SOUND = "530113198003010010"


def id_with(seventeen: str) -> str:
    from tests.support.city import WEIGHTS

    return seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, WEIGHTS, strict=True)) % 11]


def test_id_in_the_ways_it_is_written(db: DuckDB) -> None:
    sound = id_with("53011319800301001")
    with_x = next(i for n in range(100, 999) if (i := id_with(f"53011319800301{n}"))[-1] == "X")
    wide = with_x.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"})
    ways = [with_x.lower(), wide, f"'{with_x}", f" {with_x[:6]} {with_x[6:14]} {with_x[14:]}\u200b", with_x[:17] + "×"]
    assert read(db, ID, *ways) == read(db, ID, with_x) * 5
    assert read(db, ID, f"{sound}42", f"{sound}42B1", sound[:6] + sound[8:17]) == read(db, ID, sound) * 3
    assert told(db, ID, *ways, sound, f"{sound}42") == [None] * 7


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("5.30128E+17", identity.LOST),
        ("5.301281980030105e+17", identity.LOST),
        ("５.３０１２８Ｅ＋１７", identity.LOST),
        ("530113198003010000", identity.ROUNDED),
        ("530113********0010", "证件号码被遮盖，须交完整的号码"),
        ("5301131980030100", "证件号码长度不是 15、18、20 或 22 位"),
        ("53011319800301A010", "证件号码含有不应有的字符"),
        (id_with("53011319801301001"), "证件号码中的出生日期不存在"),
        ("530113198003010011", "证件号码校验位不符"),
        ("", "证件号码为空"),
        (None, "证件号码为空"),
        ("/", "证件号码为空"),
    ],
)
def test_id_that_is_none(db: DuckDB, text: str | None, why: str) -> None:
    assert told(db, ID, text) == [why]


def test_message_never_holds_the_cell(db: DuckDB) -> None:
    secret = "张某某-0871-5301"
    columns = [DAY, FEN, DAYS, ID, Column("cell", "事件", Reads.LABEL, labels={"出生": "出生"})]
    said = [told(db, column, secret)[0] for column in columns]
    assert all(said)
    assert not any(part in str(said) for part in ("张某某", "0871", "5301"))
