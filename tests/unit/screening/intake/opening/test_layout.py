"""Where the header is, and what stands below the table."""

import pytest

from shouwang.screening.intake.opening.layout import Below, below_the_table, find_header, title_of

TITLE = ["昆明市2020年6月明细", "", "", ""]
NOTE = ["填报单位：某局", "", "", "单位：元"]
HEADER = ["姓名", "证件号码", "赔付日期", "赔付金额"]
ROW = ["张某", "530113198003010011", "2020-06-18", "12.50"]
OVER = ["姓名", "证件号码", "赔付", ""]
UNDER = ["", "", "日期", "金额"]
GROUPS = ["基本信息", "", "业务信息", ""]
LONG = "这是一句很长很长的话" * 5


@pytest.mark.parametrize(
    ("rows", "first", "last", "names"),
    [
        ([HEADER, ROW], 0, 0, HEADER),
        ([TITLE, NOTE, HEADER, ROW], 2, 2, HEADER),
        ([TITLE, [], HEADER], 2, 2, HEADER),
        ([OVER, UNDER, ROW], 0, 1, ["姓名", "证件号码", "赔付_日期", "赔付_金额"]),
        ([GROUPS, HEADER, ROW], 0, 1, ["基本信息_姓名", "基本信息_证件号码", "业务信息_赔付日期", "业务信息_赔付金额"]),
        ([TITLE, GROUPS, OVER, UNDER, ROW], 1, 3, None),
        ([[LONG, LONG[1:], "", ""], HEADER, ROW], 1, 1, HEADER),
        ([HEADER, ["填表人：", "", "", ""]], 0, 0, HEADER),
        ([HEADER, ["注：空表", "", "", ""]], 0, 0, HEADER),
        ([HEADER, ["合计", "", "", ""]], 0, 0, HEADER),
        ([HEADER, ["", "", "", ""]], 0, 0, HEADER),
        ([["甲", "乙", "丙"], ["某", "某某", "某"]], 0, 0, ["甲", "乙", "丙"]),
        ([["标题", "", ""], ["甲", "乙", "丙"], ["某", "1", "2"]], 1, 1, ["甲", "乙", "丙"]),
        ([["姓名"], ["张某"]], 0, 0, ["姓名"]),
    ],
)
def test_header(rows: list[list[str]], first: int, last: int, names: list[str] | None) -> None:
    found = find_header(rows)
    assert found is not None
    assert (found.first, found.last) == (first, last)
    if names:
        assert list(found.names) == names


@pytest.mark.parametrize(
    "rows",
    [[], [[]], [ROW, ROW], [["张某"], ["李某"]], [["甲", "甲", "乙"], ["1", "2", "3"]], [["甲", LONG], ["1", "2"]]],
)
def test_no_header(rows: list[list[str]]) -> None:
    assert find_header(rows) is None


def test_groups_as_they_are_merged() -> None:
    merged = [((0, 0), (0, 1)), ((0, 3), (1, 3))]
    rows = [["基本信息", "", "日期", "赔付金额"], ["姓名", "证件号码", "", ""], ROW]
    found = find_header(rows, merged)
    assert found is not None
    assert list(found.names) == ["基本信息_姓名", "基本信息_证件号码", "日期", "赔付金额"]


def test_title_merged_over_all_columns_is_no_group() -> None:
    found = find_header([["明细", "", "", ""], HEADER, ROW], [((0, 0), (0, 3))])
    assert found is not None
    assert (found.first, found.rows) == (1, 1)


def test_one_group_over_part_of_the_columns() -> None:
    found = find_header([["", "", "赔付", ""], HEADER, ROW], [((0, 2), (0, 3))])
    assert found is not None
    assert list(found.names) == ["姓名", "证件号码", "赔付_赔付日期", "赔付_赔付金额"]


def test_title_is_what_stands_above() -> None:
    rows = [TITLE, [], NOTE, HEADER]
    found = find_header(rows)
    assert found is not None
    assert title_of(rows, found) == "昆明市2020年6月明细\n填报单位：某局 单位：元"


@pytest.mark.parametrize(
    ("rows", "below"),
    [
        ([ROW, ROW], Below(2, 0, 0)),
        ([ROW, ["合计", "", "", "1"], ["填表人：", "", "", ""], ["审核人：某", "", "", ""]], Below(2, 2, 0)),
        ([ROW, ["注：一、", "", "", ""], ["二、以上数据不含退保", "", "", ""]], Below(1, 0, 2)),
        ([ROW, [], ["备注：某", "", "", ""], []], Below(2, 0, 1)),
        ([ROW, ["张某某某", "", "", ""]], Below(2, 0, 0)),
        ([["张某", "", "", ""], ROW], Below(2, 0, 0)),
        ([], Below(0, 0, 0)),
    ],
)
def test_below_the_table(rows: list[list[str]], below: Below) -> None:
    assert below_the_table(rows) == below
