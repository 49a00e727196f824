"""A small city with everything wrong that files can have wrong, so that contenders are compared on faults too.

Usage: damage.py CITY OUT     a damaged copy; the same city gives the same damage
"""

import csv
import random
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter
from python_calamine import CalamineWorkbook

SHARE = 0.03
"""Share of the rows that are damaged."""
BAD = {
    "金额": ["abc", "12.345", "-5.00", "", "1e3", " 12.50 ", "100000001", "100000000.00", "1,20x", "0"],
    "日期": [
        "",
        "2020-13-01",
        "5/6/20",
        "1899-12-31",
        "2031-01-01",
        "2019-06-15",
        "2020-06-30",
        "2020-06-31",
        "六月",
    ],
    "次数": ["-1", "2.5", "abc", "", "100001", "3.0", "0", "2"],
    "标签": ["", "不明", " 是", "A ", "一级", "特困供养", "停保", "失业", "C", "D"],
}
KINDS = {
    **dict.fromkeys(("个人自付", "赔付金额", "应缴金额", "资助金额", "损失金额", "已获赔付", "自担费用"), "金额"),
    **dict.fromkeys(
        ("结算日期", "赔付日期", "变动日期", "缴费日期", "发证日期", "失业起始日期", "鉴定日期", "评价日期", "发生日期",
         "事故日期", "日期", "确诊日期"), "日期"),
    **dict.fromkeys(("拒绝岗位次数", "拒绝培训次数", "取水半径米", "预计停工天数", "逾期天数"), "次数"),
    **dict.fromkeys(
        ("参保状态", "就读状态", "残疾等级", "业务", "救助类别", "就业状态", "房屋等级", "水质达标", "事件"), "标签"),
    **dict.fromkeys(("证件号码", "残疾证号", "户主证件号码"), "证件"),
}  # fmt: skip
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
Row = list[str]


def id_written(rng: random.Random, text: str) -> str:
    """An id written in another way, or one that tells nothing: what likeness would link is another bench's matter."""
    ways: list[Callable[[str], str]] = [
        lambda t: t.translate(WIDE), lambda t: f" {t[:6]} {t[6:14]} {t[14:]} ", str.lower, lambda t: f"'{t}",
        lambda t: t[:6] + t[8:17] if t[6:8] == "19" else t, lambda t: t + "31", lambda t: "", lambda t: "无",
        lambda t: "123456789012345678", lambda t: "530199190001010010",
    ]  # fmt: skip
    return rng.choice(ways)(text)


def damaged_row(rng: random.Random, header: Row, row: Row) -> Row:
    """A row with one cell that says something else."""
    place = rng.randrange(len(row))
    kind = KINDS.get(header[place])
    fresh = list(row)
    if kind == "证件":
        fresh[place] = id_written(rng, row[place])
    elif kind:
        fresh[place] = rng.choice(BAD[kind])
    elif header[place] in ("病种", "县", "乡镇", "行政村"):
        fresh[place] = rng.choice(["", " ", row[place] + " ", row[place][:-1]])
    return fresh


def mangled(rng: random.Random, row: Row) -> Row:
    """A line with a cell too many or too few."""
    return [*row, "多余"] if rng.random() < 0.5 else row[:-1]


def damage_csv(rng: random.Random, path: Path) -> None:
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    rows = [damaged_row(rng, header, row) if rng.random() < SHARE else row for row in rows]
    rows = [mangled(rng, row) if rng.random() < SHARE / 10 else row for row in rows]
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([header, *rows])


def damage_sheet(rng: random.Random, path: Path) -> None:
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header)
        for line, row in enumerate(rows, start=1):
            if rng.random() < SHARE:
                row = damaged_row(rng, header, [str(cell) for cell in row])
            for column, cell in enumerate(row):
                write = sheet.write_number if isinstance(cell, float) else sheet.write_string
                write(line, column, cell)


def damage_table(rng: random.Random, path: Path, change: Callable[[random.Random, dict], None], share: float) -> None:
    """Rows of a Parquet file changed in place by `change`."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    for row in rows:
        if rng.random() < share:
            change(rng, row)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)


def damage_household(rng: random.Random, row: dict) -> None:
    row.update(rng.choice([{"area_code": "530199999999"}, {"register": "别的"}, {"register": "registered"}]))


def damage_member(rng: random.Random, row: dict) -> None:
    changes = [
        {"id_number": id_written(rng, row["id_number"] or "")}, {"birth_date": None}, {"labour": "不明"},
        {"labour": None}, {"household_id": "H0"}, {"since": None}, {"name": None}, {"relation": None}, {"name": "王伟"},
    ]  # fmt: skip
    row.update(rng.choice(changes))


def damage_income(rng: random.Random, row: dict) -> None:
    key = rng.choice(["wage", "business", "transfer"])
    row[key] = rng.choice([None, row[key] * 2 if row[key] else None, row[key]])


def double_rows(rng: random.Random, path: Path, share: float) -> None:
    """Some rows of a Parquet file twice: beside each other and, for members, in another household."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    chosen = [row for row in rows if rng.random() < share]
    homes = [row["household_id"] for row in rng.sample(rows, len(chosen))]
    doubled = [
        row | ({"household_id": home} if "person_id" in row and rng.random() < 0.5 else {})
        for row, home in zip(chosen, homes, strict=True)
    ]
    for row in doubled:
        if "wage" in row:
            damage_income(rng, row)
    pq.write_table(pa.Table.from_pylist([*rows, *doubled], schema=table.schema), path)


VERIFIED = {
    "net_income": ["8000.00", "2500.5", "-120"], "members": ["0", "3"], "labour_units": ["1.5", "0", "2", "0.3"],
    "housing_grade": ["A", "B", "C", "D", "E"], "water_safe": ["yes", "no", "是", "否", "maybe"],
    "fed_and_clothed": ["yes", "no"], "guarantee_unsolved": ["yes", "no", ""],
    "expected_spending": ["9000.00", "1.234", ""], "out_of_school": ["0", "1"], "uninsured_members": ["0", "2"],
    "rigid_spending": ["7000.00"], "earner_lost": ["yes"],
    "guarantee_days": ["45"], "register": ["general", "registered"], "support": ["低保"], "nonsense": ["1"],
    "insurance_claims": ["100.00"], "income_age_months": ["14", "3"],
}  # fmt: skip


def damage_visit(rng: random.Random, row: dict) -> None:
    """Another fact or value, in good form or bad, or a cell that is empty."""
    row["fact"] = rng.choice(list(VERIFIED))
    row["value"] = rng.choice(VERIFIED[row["fact"]])
    if rng.random() < 0.1:
        row[rng.choice(["household_id", "value", "as_of", "recorded_on"])] = None


def damage(city: Path, out: Path) -> None:
    """Write the damaged copy."""
    shutil.copytree(city, out)
    rng = random.Random(20200630)
    for path in sorted((out / "extracts").glob("*/*")):
        if path.suffix == ".csv":
            damage_csv(rng, path)
        elif path.suffix == ".xlsx":
            damage_sheet(rng, path)
        else:
            damage_table(rng, path, damage_visit, 0.5)
    for month in sorted((out / "registry").iterdir()):
        damage_table(rng, month / "households.parquet", damage_household, SHARE)
        damage_table(rng, month / "members.parquet", damage_member, SHARE)
        damage_table(rng, month / "incomes.parquet", damage_income, SHARE)
        for name in ("members", "incomes"):
            double_rows(rng, month / f"{name}.parquet", SHARE / 3)


if __name__ == "__main__":
    damage(Path(sys.argv[1]), Path(sys.argv[2]))
