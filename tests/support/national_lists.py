"""Small national lists written by hand: sound households, and whatever a test changes about them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import xlsxwriter

from shouwang.areas import kunming
from shouwang.screening.datasets.national_lists import NAMES_HEADERS, PEOPLE_HEADERS
from tests.support.city import id_number, rural_villages, village_cells

HELPER = id_number(900_001, date(1975, 5, 5))
"""An id of nobody in the lists."""
PHONE = "13800000000"
Cells = dict[str, str]


@dataclass
class Person:
    """One person's cells in the lists of people."""

    names: Cells
    people: Cells


@dataclass
class Household:
    """One household's people, and its row in the household sheet."""

    people: list[Person]
    home: Cells

    def change(self, person: int | None = None, **cells: str) -> "Household":
        """Change cells of one person, or of the household wherever they stand; headers with brackets by `cells_`."""
        return self.change_cells(cells, person)

    def change_cells(self, cells: Cells, person: int | None = None) -> "Household":
        for header, text in cells.items():
            who = self.people if person is None else [self.people[person]]
            for one in who:
                for row in (one.names, one.people):
                    if header in row:
                        row[header] = text
            if person is None and header in self.home:
                self.home[header] = text
        return self


@dataclass
class Lists:
    """Households; `write` makes the three files."""

    homes: dict[str, Household] = field(default_factory=dict)
    people_made: int = 0

    def household(self, code: str, *, village: int = 0) -> Household:
        """A sound household of head, spouse and a pupil, with everything filled in that must be."""
        place = village_cells(rural_villages()[village].code)
        area = {"县": place["县"], "乡": place["乡镇"], "行政村": place["行政村"], "自然村": "一组"}
        people = [
            self._person(code, 1, area, relation="户主", sex="男", born=date(1980, 3, 1)),
            self._person(code, 2, area, relation="配偶", sex="女", born=date(1982, 4, 2)),
            self._person(code, 3, area, relation="之子", sex="男", born=date(2010, 5, 3)),
        ]
        people[2].names |= {"文化程度": "", "在校生状况": "小学", "劳动技能": "无劳动力", "务工时间(月)": ""}
        people[2].people |= {
            "文化程度": "",
            "在校生状况": "小学",
            "劳动技能": "无劳动力",
            "务工时间(月)": "",
            "务工所在地": "",
        }
        self.homes[code] = Household(people, _home(code))
        return self.homes[code]

    def _person(self, code: str, place: int, area: Cells, *, relation: str, sex: str, born: date) -> Person:
        self.people_made += 1
        number = id_number(self._number(sex), born)
        shared = area | {
            "户编号": code, "人编号": f"{code}-{place}", "姓名": f"人{self.people_made}", "证件号码": number,
            "与户主关系": relation, "民族": "汉族", "文化程度": "初中", "在校生状况": "", "健康状况": "健康",
            "劳动技能": "普通劳动力", "务工时间(月)": "10", "户/人联系电话": PHONE, "人员识别时间": "2014-01-01",
            "户类型": "脱贫户", "是否参加大病保险": "是",
        }  # fmt: skip
        of_names = shared | {
            "人数": "3", "致贫原因1": "缺技术", "危房户": "否", "是否解决安全饮用水": "是", "人均纯收入": "9000.00",
            "首次识别时间": "2014-01-01", "监测对象类型": "",
        }  # fmt: skip
        of_people = shared | {
            "性别": sex, "出生日期": str(born), "证件类型": "身份证", "年度": "2019", "是否享受低保": "否",
            "是否特困供养人员": "否", "是否参加城乡居民基本医疗保险": "是", "是否参加城镇职工基本医疗保险": "否",
            "失学或辍学原因": "", "务工所在地": "县内", "残疾类别": "", "残疾证办证年度": "",
        }  # fmt: skip
        return Person(
            {header: of_names.get(header, "") for header in NAMES_HEADERS},
            {header: of_people.get(header, "") for header in PEOPLE_HEADERS},
        )

    def _number(self, sex: str) -> int:
        """The place of an id's number that says this sex: odd is male."""
        return self.people_made * 2 + (sex == "男")

    def write(self, folder: Path) -> list[Path]:
        folder.mkdir(parents=True, exist_ok=True)
        homes = list(self.homes.values())
        people = [person for home in homes for person in home.people]
        return [
            write_list(folder / "名单.csv", NAMES_HEADERS, [list(p.names.values()) for p in people]),
            write_list(folder / "人员.csv", PEOPLE_HEADERS, [list(p.people.values()) for p in people]),
            write_list(folder / "户.csv", HOMES_HEADERS, [list(home.home.values()) for home in homes]),
        ]


def _home(code: str) -> Cells:
    """The household sheet's columns, in their order."""
    return {
        "户编号": code, "户属性": "一般脱贫户", "次要致贫原因": "", "危房级别": "A级", "工资性收入": "20000",
        "生产经营性收入": "11000", "财产性收入": "0", "转移性收入": "0", "生产经营性支出": "4000", "低保金": "0",
        "特困供养金": "0", "耕地面积": "5", "林地面积": "3.5", "住房面积": "80", "生活用电": "是",
        "入户路类型": "水泥路", "与村主干路距离": "1", "帮扶责任人": "甲", "帮扶责任人证件号码": HELPER, "风险类型": "",
        "义务教育保障": "", "基本医疗保障": "", "住房安全保障": "", "饮水安全保障": "",
    }  # fmt: skip


HOMES_HEADERS = tuple(_home(""))


def write_list(path: Path, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """A CSV file or an XLSX workbook of texts, by the name."""
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(str(path)) as book:
            sheet = book.add_worksheet()
            for line, row in enumerate([headers, *rows]):
                for place, cell in enumerate(row):
                    sheet.write_string(line, place, cell)
        return path
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows([headers, *rows])
    return path


def village_name(number: int) -> str:
    """How reports call the village of a household."""
    return kunming().path(rural_villages()[number].code)
