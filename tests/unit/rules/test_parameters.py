"""Dated figures: read exactly, with every fault named by file and line."""

from datetime import date
from fractions import Fraction

import pytest

from shouwang.rules.parameters import read_parameters
from shouwang.terms.errors import ProgrammingError

DAY = date(2020, 6, 30)
VALUE = "{value: 5000, status: reading, source: made up}"


def read(folder, text, *, day=DAY):
    path = folder / "figures.yaml"
    path.write_text(text, encoding="utf-8")
    return read_parameters([path], day)


def entry(unit="元", values=f"{{2020-06-01: {VALUE}}}", more=""):
    return f"# a comment\nlimit: {{unit: {unit}, zh: 限额, en: limit, values: {values}{more}}}\n"


def test_value_in_force(tmp_path):
    text = """limit:
  unit: 元
  zh: 限额
  en: limit
  values:
    2020-06-01: {value: 5000, status: reading, source: first}
    "2021-01-01": {value: 8000.50, status: stated, source: second}
"""
    found = read(tmp_path, text)["limit"]
    assert (found.value, found.since, found.source, found.status) == (5000, date(2020, 6, 1), "first", "reading")
    assert (found.file, found.line, found.zh, found.en, found.unit) == ("figures.yaml", 6, "限额", "limit", "元")
    later = read(tmp_path, text, day=date(2021, 1, 1))["limit"]
    assert (later.value, later.source) == (Fraction("8000.5"), "second")


@pytest.mark.parametrize(
    ("unit", "written", "value"),
    [
        ("份额", "0.30", Fraction(3, 10)),
        ("份额", "0.1", Fraction(1, 10)),
        ("元", "-12.34", Fraction(-1234, 100)),
        ("倍", "1.5", Fraction(3, 2)),
        ("是否", "true", True),
        ("是否", "否", False),
        ("文字", "带", "带"),
    ],
)
def test_values_are_exact(tmp_path, unit, written, value):
    values = f"{{2020-06-01: {{value: {written}, status: stated, source: made up}}}}"
    assert read(tmp_path, entry(unit, values))["limit"].value == value


def test_only_a_number_counts(tmp_path):
    values = "{2020-06-01: {value: true, status: stated, source: made up}}"
    with pytest.raises(ProgrammingError, match="参数 limit 不是数"):
        read(tmp_path, entry("是否", values)).__getitem__("limit").number  # noqa: B018  the property raises


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        (entry("美元"), 2, "单位是 '美元'"),
        (entry(values="{2020-06-01: {value: 5000, status: reading}}"), 2, "没有 source"),
        (entry(values="{2020-06-01: {value: 5000, source: x}}"), 2, "没有 status"),
        (entry(values="{2020-06-01: {value: 5000, status: rumour, source: x}}"), 2, "status 是 'rumour'"),
        (entry(values="{2020-06-01: {status: reading, source: x}}"), 2, "没有 value"),
        (entry(values="{2020-06-01: {value: 5e3, status: reading, source: x}}"), 2, "'5e3' 不是数"),
        (entry("是否", "{2020-06-01: {value: 3, status: reading, source: x}}"), 2, "'3' 不是 是/否"),
        (entry(values="{2020-06-01: {value: 5, status: reading, source: x, sorce: y}}"), 2, "sorce.*unknown key"),
        (entry(values=f"{{2020-07-01: {VALUE}}}"), 2, "在 2020-06-30 没有生效的值"),
        (entry(values=f"{{June: {VALUE}}}"), 2, "'June' 不是日期"),
        (entry(values="5000"), 2, "a mapping was expected"),
        (entry(more=", note: x"), 2, "note.*unknown key"),
        ("limit: {zh: 限额, en: limit}\n", 1, "没有 unit"),
        ("limit: {unit: 元, zh: 限额, en: limit}\n", 1, "没有 values"),
        ("limit:\n  unit: 元\n  en: limit\n  values:\n    2020-06-01: " + VALUE + "\n", 2, "没有 zh"),
        (entry() + entry(), 4, "limit 写了两次"),
        ("\n\n- 1\n", 3, "a mapping was expected"),
        ("limit: [\n", 2, "不是 YAML"),
        ("", 1, "empty file"),
    ],
)
def test_fault_names_file_and_line(tmp_path, text, line, message):
    with pytest.raises(ProgrammingError, match=rf"figures\.yaml:{line}: .*{message}"):
        read(tmp_path, text)


def test_name_in_two_files(tmp_path):
    for name in ("a.yaml", "b.yaml"):
        (tmp_path / name).write_text(entry(), encoding="utf-8")
    with pytest.raises(ProgrammingError, match=r"b\.yaml:2: .*also in a\.yaml"):
        read_parameters(tmp_path.glob("*.yaml"), DAY)
