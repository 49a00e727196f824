"""What the register holds after an import, value by value."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from shouwang.screening.register_lists import standing
from shouwang.terms.errors import ProgrammingError
from shouwang.terms.period import Month
from tests.support.city import id_number, rural_villages, village_cells
from tests.unit.screening.register_lists.conftest import AREA, ID, Import, row

PARTS = {
    "工资性收入": "20000",
    "生产经营性收入": "10000.5",
    "财产性收入": "0",
    "转移性收入": "300",
    "生产经营性支出": "4000",
}


def test_one_person_becomes_one_household_member_and_income(importing: Import) -> None:
    result = importing([row(文化程度="初中", 在校生状况="", 脱贫年度="2018")])
    assert result.one("households") == {
        "household_id": "a", "area_code": AREA, "register": "exited", "exit_year": 2018, "hukou": None,
        "head_person_id": "a-1", "phone": "13800000000",
    }  # fmt: skip
    assert result.one("members") == {
        "person_id": "a-1", "household_id": "a", "name": "甲", "id_number": ID, "relation": "本人或户主", "sex": "男",
        "birth_date": date(1980, 3, 1), "ethnic": "汉族", "education": "初中", "in_school": None, "health": "健康",
        "labour": "普通劳动力", "since": date(2014, 1, 2), "until": None,
    }  # fmt: skip
    assert result.one("incomes") == {
        "household_id": "a", "window_from": date(2019, 1, 1), "window_to": date(2019, 12, 31), "wage": None,
        "business": None, "property": None, "transfer": None, "business_cost": None, "net_income": Decimal("9000.00"),
        "collected_on": date(2020, 6, 30), "source": "全国名单：人均纯收入 × 人数",
    }  # fmt: skip
    assert (result.places("quarantine"), result.places("notes")) == ([], [])


@pytest.mark.parametrize(
    ("per_person", "people", "net"),
    [
        ("3333.33", "3", "9999.99"),
        ("0.01", "7", "0.07"),
        ("-12.5", "2", "-25.00"),
        ("1.2万", "2", "24000.00"),
        ("0", "4", "0.00"),
    ],
)
def test_income_is_exact_to_the_fen(importing: Import, per_person: str, people: str, net: str) -> None:
    assert importing([row(人均纯收入=per_person, 人数=people)]).one("incomes")["net_income"] == Decimal(net)


@pytest.mark.parametrize("cells", [{"人均纯收入": ""}, {"人数": ""}, {"人数": "0"}])
def test_income_of_unknown_people_or_amount_is_unknown(importing: Import, cells: dict[str, str]) -> None:
    result = importing([row(**cells)])
    assert (result.table("incomes"), result.places("notes")) == ([], [])


@pytest.mark.parametrize(
    ("header", "text", "reason"),
    [
        ("人均纯收入", "0.005", "应为以元计的金额，至多两位小数"),
        ("人均纯收入", "不详", "应为以元计的金额，至多两位小数"),
        ("人数", "三口", "应为不小于 0 的整数"),
    ],
)
def test_cell_nobody_can_read_is_unknown_and_told(importing: Import, header: str, text: str, reason: str) -> None:
    result = importing([row(**{header: text})])
    assert result.table("incomes") == []
    assert result.places("notes") == [["1.csv", "2", header, reason]]
    assert result.told.notes == 1


@pytest.mark.parametrize(
    ("year", "month", "window"),
    [
        ("2018", Month(2020, 6), date(2018, 1, 1)),
        ("2018年", Month(2020, 6), date(2018, 1, 1)),
        ("", Month(2020, 11), date(2019, 1, 1)),
        ("", Month(2020, 12), date(2020, 1, 1)),
        ("2020", Month(2020, 12), date(2020, 1, 1)),
    ],
)
def test_income_belongs_to_the_year_of_the_list(importing: Import, year: str, month: Month, window: date) -> None:
    assert importing([row(年度=year)], month=month).one("incomes")["window_from"] == window


def test_income_of_a_year_that_is_not_over_is_not_used(importing: Import) -> None:
    result = importing([row(年度="2020")])
    assert result.table("incomes") == []
    assert result.places("notes") == [["1.csv", "2", "年度", "年度还没有结束，收入不能用"]]


def test_income_in_parts_where_the_household_sheet_has_them_all(importing: Import) -> None:
    known = importing([row()], [{"户编号": "a"} | PARTS]).one("incomes")
    assert {k: v for k, v in known.items() if k not in ("window_from", "window_to", "collected_on")} == {
        "household_id": "a", "wage": Decimal(20000), "business": Decimal("10000.50"), "property": Decimal(0),
        "transfer": Decimal(300), "business_cost": Decimal(4000), "net_income": None, "source": "全国名单：分项收入",
    }  # fmt: skip


def test_income_with_a_part_missing_is_the_whole(importing: Import) -> None:
    known = importing([row()], [{"户编号": "a"} | PARTS | {"转移性收入": ""}]).one("incomes")
    assert (known["wage"], known["net_income"]) == (None, Decimal(9000))


@pytest.mark.parametrize(
    ("label", "register"),
    [
        ("脱贫户", "exited"),
        (" 低保脱貧户 ", "exited"),
        ("已脱贫(享受政策)", "exited"),
        ("脱贫不稳定户", "exited"),
        ("未脱贫", "registered"),
        ("返贫户", "registered"),
        ("一般贫困户", "registered"),
        ("一般农户", "general"),
        ("边缘易致贫户", "general"),
        ("突发严重困难户", None),
        ("建档立卡贫困户", None),
        ("低保户", None),
        ("", None),
    ],
)
def test_label_says_the_standing_on_the_register(importing: Import, label: str, register: str | None) -> None:
    result = importing([row(户类型=label)])
    assert (result.one("households")["register"], result.places("notes")) == (register, [])


def test_label_nobody_declared_is_unknown_and_told(importing: Import) -> None:
    result = importing([row(户类型="好户")])
    assert result.one("households")["register"] is None
    assert result.places("notes") == [["1.csv", "2", "户类型", "没有声明过的户类型（见 docs/register_lists.md）"]]


def test_labels_that_disagree_leave_the_standing_unknown(importing: Import) -> None:
    result = importing([row(户类型="脱贫户", 监测对象类型="边缘易致贫户")])
    assert result.one("households")["register"] is None


def test_label_that_says_nothing_does_not_stand_against_one_that_does(importing: Import) -> None:
    result = importing([row(户类型="监测户", 监测对象类型="边缘易致贫户", 脱贫状态="")])
    assert result.one("households")["register"] == "general"
    assert importing([row(户类型="脱贫户", 监测对象类型="否")]).one("households")["register"] == "exited"


def test_standing_is_what_the_labels_agree_on() -> None:
    assert standing.standing_of(["脱贫户", "低保户", "没有这个"]) == "exited"
    assert standing.standing_of(["脱贫户", "未脱贫户"]) is None
    assert standing.standing_of([]) is None


def test_rows_of_a_household_that_disagree_leave_it_unknown(importing: Import) -> None:
    rows = [row(), row(person="a-2", 与户主关系="配偶", 人数="2", 户类型="未脱贫户", 行政村=other_village())]
    result = importing(rows)
    assert result.one("households")["register"] is None
    assert result.one("households")["area_code"] is None
    assert result.table("incomes") == []
    assert result.places("notes") == [
        ["1.csv", "2", header, "各行或各表填得不一样，须由人确定"] for header in ("人数", "户类型", "行政村")
    ]


def other_village() -> str:
    first, *rest = rural_villages()
    return village_cells(next(v.code for v in rest if v.code.town == first.code.town))["行政村"]


def test_lists_that_disagree_on_a_person_leave_it_unknown(importing: Import) -> None:
    people = [{"户编号": "a", "人编号": "a-1", "性别": "男", "政治面貌": "群众", "民族": "彝族", "健康状况": ""}]
    member = importing([row()], people).one("members")
    assert (member["ethnic"], member["health"], member["sex"]) == (None, "健康", "男")


def test_sheet_of_people_says_sex_and_birth_before_the_id_does(importing: Import) -> None:
    people = [{"户编号": "a", "人编号": "a-1", "性别": "女", "政治面貌": "", "出生日期": "1980年3月2日"}]
    member = importing([row()], people).one("members")
    assert (member["sex"], member["birth_date"]) == ("女", date(1980, 3, 2))


@pytest.mark.parametrize(
    ("number", "sex", "born"),
    [
        (id_number(2, date(1999, 12, 31)), "女", date(1999, 12, 31)),
        ("530113800301001", "男", date(1980, 3, 1)),
        (ID + "43", "男", date(1980, 3, 1)),
        (ID[:-1] + ("0" if ID[-1] != "0" else "1"), None, None),
        ("", None, None),
    ],
)
def test_id_that_holds_says_sex_and_birth(importing: Import, number: str, sex: str | None, born: date | None) -> None:
    member = importing([row(证件号码=number)]).one("members")
    assert (member["id_number"], member["sex"], member["birth_date"]) == (number or None, sex, born)


def test_bare_code_is_unknown_and_told(importing: Import) -> None:
    result = importing([row(民族="07", 与户主关系="01", 健康状况="残疾,长期慢性病", 劳动技能="散失劳动力")])
    member = result.one("members")
    assert [member[name] for name in ("ethnic", "relation", "health", "labour")] == [
        None,
        None,
        "长期慢性病,残疾",
        "丧失劳动力",
    ]
    reason = "不是约定的类别；只写代码而不知道是哪份代码表的，也不能用"
    assert result.places("notes") == [["1.csv", "2", "与户主关系", reason], ["1.csv", "2", "民族", reason]]


def test_two_heads_leave_the_head_unknown_and_phones_must_agree(importing: Import) -> None:
    two = [row(), row(person="a-2", **{"户/人联系电话": "13900000000"})]
    assert [importing(two).one("households")[name] for name in ("head_person_id", "phone")] == [None, None]
    one = [row(), row(person="a-2", 与户主关系="配偶", **{"户/人联系电话": "13900000000"})]
    assert [importing(one).one("households")[name] for name in ("head_person_id", "phone")] == ["a-1", "13800000000"]


def test_member_since_the_household_was_identified_where_nothing_else_is_said(importing: Import) -> None:
    assert importing([row(人员识别时间="", 首次识别时间="20131231")]).one("members")["since"] == date(2013, 12, 31)


def test_village_nobody_knows_leaves_the_area_unknown(importing: Import) -> None:
    result = importing([row(), row("b", "b-1", 行政村="没有这个村")])
    assert [home["area_code"] for home in result.table("households")] == [AREA, None]
    assert result.places("notes") == [["1.csv", "3", "行政村", "区划表里没有这个村，或不止一个"]]


def test_standing_declared_twice_stops_the_start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = tmp_path / "types.yaml"
    path.write_text("exited: [脱贫户]\ngeneral: [脱贫户]\n", encoding="utf-8")
    monkeypatch.setattr(standing, "FILE", path)
    standing._declared.cache_clear()
    try:
        with pytest.raises(ProgrammingError, match="脱贫户"):
            standing.said_by("脱贫户")
    finally:
        monkeypatch.undo()
        standing._declared.cache_clear()
