"""Faults of example files: all at once, each with file, line, name and cure."""

from pathlib import Path

import pytest

from shouwang.policy import load
from shouwang.policy.example_files import read_examples
from shouwang.terms.errors import DataError

POLICY = load("kunming-2020")


def _write(folder: Path, text: str) -> Path:
    path = folder / "例.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def _faults(path: Path) -> list[str]:
    with pytest.raises(DataError) as caught:
        read_examples([path], POLICY)
    return [str(fault).replace(f"{path} ", "") for fault in caught.value.faults]


def _facts_faults(folder: Path, household: str) -> list[str]:
    """The faults of one household, without place."""
    text = f"- {{name: 户, as_of: 2020-06-30, household: {household}, expect: {{level: 5}}}}\n"
    return [fault.removeprefix("第 1 行 “户”: ") for fault in _faults(_write(folder, text))]


def _expect_faults(folder: Path, expect: str) -> list[str]:
    text = f"- {{name: 户, as_of: 2020-06-30, household: {{}}, expect: {expect}}}\n"
    return [fault.removeprefix("第 1 行 “户”: ") for fault in _faults(_write(folder, text))]


def _facts(folder: Path, household: str) -> object:
    text = f"- {{name: 户, as_of: 2020-06-30, household: {household}, expect: {{level: 5}}}}\n"
    (example,) = read_examples([_write(folder, text)], POLICY)
    return example.facts


@pytest.mark.parametrize(
    ("household", "expected"),
    [
        ("{}", {}),
        ("{net_income: 24000}", {"net_income": 2_400_000}),
        ("{net_income: 23999.96}", {"net_income": 2_399_996}),
        ("{net_income: '24,000.10'}", {"net_income": 2_400_010}),
        ("{net_income: -12.5}", {"net_income": -1250}),
        ("{net_income: 450.00003e2}", None),
        ("{labour_units: 1.5}", {"labour_units": 3}),
        ("{members: 4.0}", {"members": 4}),
        ("{members: null}", {"members": None}),
        ("{members: 未知}", {"members": None}),
        ("{water_safe: yes}", {"water_safe": True}),
        ("{water_safe: 'No'}", {"water_safe": False}),
        ("{water_safe: True, has_head: false}", {"water_safe": True, "has_head": False}),
        ("{water_safe: 是, has_head: 否}", {"water_safe": True, "has_head": False}),
        ("{register: exited}", {"register": "exited"}),
        ("{register: 一般农户}", {"register": "general"}),
        ("{housing_grade: D}", {"housing_grade": "D"}),
        ("{support: []}", {"support": []}),
        ("{support: [特困, 低保, '?']}", {"support": ["?", "低保", "特困"]}),
        ("{asset_flags: [车辆]}", {"asset_flags": ["vehicles"]}),
        (
            "{rigid_spending: 100, medical_spending: 40, school_spending: 30,"
            " disaster_loss: 20, accident_spending: 10}",
            {
                "rigid_spending": 10000,
                "medical_spending": 4000,
                "school_spending": 3000,
                "disaster_loss": 2000,
                "accident_spending": 1000,
            },
        ),
        ("{rigid_spending: 100, medical_spending: 40}", {"rigid_spending": 10000, "medical_spending": 4000}),
    ],
)
def test_facts_in_stored_form(tmp_path: Path, household: str, expected: object) -> None:
    if expected is None:
        assert _facts_faults(tmp_path, household) == [
            "net_income 的值 '450.00003e2' 太细 (too fine) → 以元计，至多两位小数"
        ]
    else:
        assert _facts(tmp_path, household) == expected


@pytest.mark.parametrize(
    ("household", "fault"),
    [
        ("{memers: 4}", "没有事实 memers (unknown fact) → 是否想写 members"),
        ("{reference_income: 6000}", "没有事实 reference_income (unknown fact) → 这是算出来的，写它所用的事实"),
        ("{members: 四}", "members 的值 '四' 不是数 (not a number) → 写作 2"),
        ("{members: 4.5}", "members 的值 '4.5' 太细 (too fine) → 写整数"),
        ("{members: -1}", "members 的值 '-1' 是负数 (negative) → 写零或正数"),
        ("{members: yes}", "members 的值 'yes' 不是数 (not a number) → 写作 2"),
        ("{net_income: 0.001}", "net_income 的值 '0.001' 太细 (too fine) → 以元计，至多两位小数"),
        ("{net_income: .inf}", "net_income 的值 '.inf' 不是数 (not a number) → 写作 24000.50"),
        ("{net_income: infinity}", "net_income 的值 'infinity' 太大 (too large) → 写作 24000.50"),
        ("{net_income: 1e30}", "net_income 的值 '1e30' 太大 (too large) → 写作 24000.50"),
        ("{rigid_spending: -5}", "rigid_spending 的值 '-5' 是负数 (negative) → 写零或正数"),
        ("{labour_units: 0.7}", "labour_units 的值 '0.7' 太细 (too fine) → 写 0.5 的倍数"),
        ("{disability_grade_new: 5}", "disability_grade_new 的值 '5' 超出范围 (out of range) → 至多 4"),
        ("{water_safe: 1}", "water_safe 的值 '1' 不是“是/否” (not yes or no) → 写 yes 或 no"),
        ("{water_safe: [yes]}", "water_safe 是一列值 (a list) → 只写一个值，例如 yes"),
        ("{housing_grade: [A]}", "housing_grade 是一列值 (a list) → 只写一个值，例如 A"),
        ("{members: [4]}", "members 是一列值 (a list) → 只写一个值，例如 2"),
        ("{housing_grade: E}", "housing_grade 没有 'E' 这一项 (unknown option) → 用其中之一: A、B、C、D"),
        ("{support: 低保}", "support 不是一列值 (a list was expected) → 写作 [低保],没有则写 []"),
        ("{support: [五保]}", "support 没有 '五保' 这一项 (unknown option) → 用其中之一: 低保、特困、孤儿"),
        ("{members: {n: 4}}", "members 的值里还有层次 (nested) → 写一个值，或一列值"),
        ("{support: [[低保]]}", "support 的值里还有层次 (nested) → 写一个值，或一列值"),
        ("{members: 4, members: 5}", "household 里 members 写了两次 (written twice) → 只留一个"),
        ("[4]", "household 不是“名称: 值” (a mapping was expected) → 写作 household: {名称: 值}"),
        (
            "{rigid_spending: 1, medical_spending: 0, school_spending: 0, disaster_loss: 0, accident_spending: 0}",
            "rigid_spending 不等于 medical_spending + school_spending + disaster_loss + accident_spending"
            " (does not add up) → 改正其中之一，或只写合计",
        ),
    ],
)
def test_fault_of_a_fact(tmp_path: Path, household: str, fault: str) -> None:
    assert _facts_faults(tmp_path, household) == [fault]


def test_fault_of_a_fact_like_no_other_lists_them_all(tmp_path: Path) -> None:
    (fault,) = _facts_faults(tmp_path, "{xyzzy: 4}")
    assert fault.startswith("没有事实 xyzzy (unknown fact) → 只用 register、members、labour_units、")


@pytest.mark.parametrize(
    ("expect", "fault"),
    [
        ("{}", "expect 缺少 level (missing) → 写 level: 1–5;没有等级写 level: null 和 status:"),
        ("5", "expect 不是“名称: 值” (a mapping was expected) → 写作 expect: {名称: 值}"),
        ("{level: 6}", "level 没有 '6' 这一项 (unknown value) → 用其中之一: 1、2、3、4、5"),
        ("{level: [1]}", "level 没有 '一列值' 这一项 (unknown value) → 用其中之一: 1、2、3、4、5"),
        ("{level: null}", "level: null 没有相配的 status → 写 status: unverified 或 unassessed"),
        ("{level: null, status: graded}", "level: null 没有相配的 status → 写 status: unverified 或 unassessed"),
        ("{level: 5, status: unverified}", "有等级的状态只能是 graded → 改正 level 或 status"),
        (
            "{level: null, status: null}",
            "status 没有 'None' 这一项 (unknown value) → 用其中之一: graded、unverified、unassessed",
        ),
        (
            "{level: 1, rules: [poor]}",
            "rules 没有 'poor' 这一项 (unknown value) → "
            "用其中之一: fallen-poor、guarantee-gap、no-labour、sudden-hardship、below-line",
        ),
        ("{level: 1, rules: fallen-poor}", "rules 不是一列代码 (a list was expected) → 写作 [fallen-poor],没有则写 []"),
        (
            "{level: 3, national_type: 突发严重困难户}",
            "national_type 没有 '突发严重困难户' 这一项 (unknown value) → 用其中之一: 脱贫不稳定户、边缘易致贫户",
        ),
        (
            "{level: 3, colour: 红}",
            "expect 里不认识 colour (unknown key) → "
            "只用 level、status、rules、signs、national_type、could_be_worse、variant",
        ),
    ],
)
def test_fault_of_an_expectation(tmp_path: Path, expect: str, fault: str) -> None:
    assert _expect_faults(tmp_path, expect) == [fault]


def test_faults_of_a_file_all_at_once_with_line_and_name(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        """- name: 第一例
  as_of: 2020-06-31
  household:
    memers: 4
    water_safe: 大概
- as_of: 2020-06-30
  houshold: {}
  policy: kunming-1999
- name: ''
  as_of: 30.6.2020
  household: {}
  expect: {level: 9}
- 只有一句话
""",
    )
    assert _faults(path) == [
        "第 1 行 “第一例”: 缺少 expect (missing) → 写出 expect:",
        "第 2 行 “第一例”: as_of 的值 '2020-06-31' 不是日期 (not a date) → 写作 2020-06-30",
        "第 4 行 “第一例”: 没有事实 memers (unknown fact) → 是否想写 members",
        "第 5 行 “第一例”: water_safe 的值 '大概' 不是“是/否” (not yes or no) → 写 yes 或 no",
        "第 6 行: 缺少 name (missing) → 写出 name:",
        "第 6 行: 缺少 household (missing) → 写出 household:",
        "第 6 行: 缺少 expect (missing) → 写出 expect:",
        "第 7 行: 不认识 houshold (unknown key) → 只用 name、as_of、household、expect、policy",
        "第 8 行: 没有政策 'kunming-1999' (unknown policy) → 用其中之一 (use one of): "
        "kunming-2020、kunming-2021、kunming-2022、kunming-2023、kunming-2024",
        "第 9 行: name 是空的 (empty) → 用一句话说明这个例子",
        "第 10 行: as_of 的值 '30.6.2020' 不是日期 (not a date) → 写作 2020-06-30",
        "第 12 行: level 没有 '9' 这一项 (unknown value) → 用其中之一: 1、2、3、4、5",
        "第 13 行: 例子 不是“名称: 值” (a mapping was expected) → 写作 例子: {名称: 值}",
    ]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "第 1 行: 文件里没有例子 (no examples) → 写一个例子，或不要列出这个文件"),
        ("name: 户\n", "第 1 行: 文件不是一列例子 (a list was expected) → 每个例子以“- name:”开头"),
        (
            "- [1\n",
            "第 2 行: 不是 YAML: expected ',' or ']', but got '<stream end>' → 改正写法，参照已有的例子",
        ),
        ("- \x01\n", "第 1 行: 不是 YAML: 含有不能用的字符 → 改正写法，参照已有的例子"),
    ],
)
def test_fault_of_a_whole_file(tmp_path: Path, text: str, fault: str) -> None:
    assert _faults(_write(tmp_path, text)) == [fault]


def test_fault_of_a_file_not_there(tmp_path: Path) -> None:
    assert _faults(tmp_path / "无") == ["第 1 行: 读不到这个文件 (cannot be read) → 查文件名与权限"]


def test_fault_of_a_file_in_another_encoding(tmp_path: Path) -> None:
    path = tmp_path / "例.yaml"
    path.write_bytes("- 户".encode("gb18030"))
    assert _faults(path) == ["第 1 行: 不是 UTF-8 文字 (not UTF-8) → 另存为 UTF-8"]


def test_faults_of_several_files_together(tmp_path: Path) -> None:
    with pytest.raises(DataError) as caught:
        read_examples([tmp_path / "甲", tmp_path / "乙"], POLICY)
    assert [fault.where for fault in caught.value.faults] == [
        f"{tmp_path / '甲'} 第 1 行",
        f"{tmp_path / '乙'} 第 1 行",
    ]


def test_merge_keys_own_value_counts_and_first_of_several(tmp_path: Path) -> None:
    path = _write(
        tmp_path,
        """- name: 甲
  as_of: 2020-06-30
  household: &one {members: 1, labour_units: 1}
  expect: {level: 5}
- name: 乙
  as_of: 2020-06-30
  household: &two {members: 2, water_safe: yes}
  expect: {level: 5}
- name: 丙
  as_of: 2020-06-30
  household: {<<: [*one, *two], labour_units: 0}
  expect: {level: 5}
""",
    )
    assert read_examples([path], POLICY)[2].facts == {"members": 1, "labour_units": 0, "water_safe": True}


def test_merge_of_a_mapping_with_itself_brings_nothing(tmp_path: Path) -> None:
    assert _facts(tmp_path, "&own {<<: *own, members: 3}") == {"members": 3}
