"""Dataset, month, columns and city of a file, from its headers and its rows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from shouwang.areas import kunming
from shouwang.screening.engine import DuckDB
from shouwang.screening.intake import MACROS, mappings
from shouwang.screening.intake.headers import How
from shouwang.screening.intake.opening import open_file
from shouwang.screening.intake.understanding import Understanding, understand
from shouwang.terms.errors import DataError, UserError
from shouwang.terms.period import Month
from tests.support.city import HEADERS, id_number

CLAIMS = HEADERS["insurance_claims"]
JUNE = Month(2020, 6)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[DuckDB]:
    engine = DuckDB(tmp_path, MACROS)
    yield engine
    engine.close()


def claim(day: str, number: str = "") -> str:
    return f"张某,{number},意外,{day},12.50"


def claims(*days: str) -> list[str]:
    return [claim(day) for day in days]


def understood(
    db: DuckDB, folder: Path, lines: list[str], *, name: str = "数据.csv", dataset: str = "", month: Month | None = None
) -> Understanding:
    path = folder / name
    path.write_text("\n".join([*lines, ""]), encoding="utf-8")
    opened = open_file(path, scratch=folder)
    return understand(opened, db=db, city=folder, tree=kunming(), dataset=dataset, month=month)


def told(found: Understanding) -> list[str]:
    return [str(fault).removeprefix("数据.csv: ") for fault in found.faults]


@pytest.mark.parametrize("code", HEADERS)
def test_dataset_by_its_headers_alone(db: DuckDB, tmp_path: Path, code: str) -> None:
    found = understood(db, tmp_path, [HEADERS[code]], name="2020-06.csv")
    assert found.dataset is not None
    assert (found.dataset.code, found.month, found.month_from, found.faults) == (code, JUNE, "name", ())


@pytest.mark.parametrize(
    ("headers", "columns"),
    [
        ("姓名,证件号码,险种,赔付日期,赔付金额", [How.HEADER] * 4),
        ("姓 名,身份证号,险种,赔付日期（）,赔付金额(元)", None),
        ("姓名,身份证号码,险种,賠付日期,赔付金额（万元）", [How.HEADER, How.SYNONYM, How.ALIKE, How.ALIKE]),
        ("基本_姓名,基本_证件号码,险种,赔付_日期,赔付_金额", [How.LAST_WORD, How.LAST_WORD, How.ALIKE, How.ALIKE]),
    ],
)
def test_columns_however_they_are_written(db: DuckDB, tmp_path: Path, headers: str, columns: list[How] | None) -> None:
    found = understood(db, tmp_path, [headers, *claims("2020-06-18")], name="2020-06.csv")
    if columns is None:
        assert [fault.found for fault in found.faults] == ["缺少列“赔付日期”"]
        assert [(p.header, p.name, p.why) for p in found.proposals] == [
            ("赔付日期（）", "happened_on", "与“赔付日期”只差几个字")
        ]
    else:
        assert [column.how for column in found.columns] == columns
        assert [column.name for column in found.columns] == ["name", "id_number", "happened_on", "paid"]


def test_unit_of_a_header_is_handed_on(db: DuckDB, tmp_path: Path) -> None:
    found = understood(
        db, tmp_path, ["姓名,证件号码,赔付日期,赔付金额(万元)", "张某,,2020-06-18,1.5"], name="2020-06.csv"
    )
    assert {column.name: column.unit for column in found.columns if column.unit} == {"paid": "万元"}


@pytest.mark.parametrize(
    ("title", "units"),
    [
        ("金额单位：万元", (("paid", "万元"),)),
        ("填报单位：某局 单位:人民币千元", (("paid", "千元"),)),
        ("单位：元", (("paid", "元"),)),
        ("填报单位：某局", ()),
        ("单位：元 单位：万元", ()),
    ],
)
def test_unit_above_the_table(db: DuckDB, tmp_path: Path, title: str, units: tuple[tuple[str, str], ...]) -> None:
    found = understood(db, tmp_path, [title, CLAIMS, *claims(*["2020-06-18"] * 3)])
    opened = open_file(tmp_path / "数据.csv", scratch=tmp_path)
    assert found.source(opened, label="x").units == units


def test_what_else_is_said_of_a_person(db: DuckDB, tmp_path: Path) -> None:
    found = understood(db, tmp_path, [f"{CLAIMS},性别,家庭住址,手机号,户主姓名,出生年月"], name="2020-06.csv")
    assert [column.name for column in found.columns][4:] == ["sex", "address", "phone", "head_name", "birth_date"]
    assert found.unread == ("险种",)


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ("名称,数量,单价", "从表头认不出是哪个数据集 → 核对表头；或说明是哪个数据集（--dataset）"),
        ("姓名,证件号码", "从表头认不出是哪个数据集 → 核对表头；或说明是哪个数据集（--dataset）"),
        ("name,id,date,amount", "从表头认不出是哪个数据集 → 核对表头；或说明是哪个数据集（--dataset）"),
        (
            "姓名,证件号码,企业名称,坐落",
            "表头既像市场主体任职、不动产登记，分不清是哪个 → 核对表头；或说明是哪个数据集（--dataset）",
        ),
        ("姓名,证件号码,险种,赔付日期", "缺少列“赔付金额” → 加上这一列（现有：姓名、证件号码、险种、赔付日期）"),
    ],
)
def test_dataset_not_known(db: DuckDB, tmp_path: Path, headers: str, said: str) -> None:
    assert told(understood(db, tmp_path, [headers])) == [said]


def test_dataset_that_was_claimed_is_another(db: DuckDB, tmp_path: Path) -> None:
    found = understood(db, tmp_path, [CLAIMS, *claims("2020-06-18")], dataset="companies")
    said = "表头是保险理赔，不是市场主体任职 → 放到 extracts/insurance_claims/，或换成本数据集的文件"
    assert told(found) == [said]


def test_header_in_another_language(db: DuckDB, tmp_path: Path) -> None:
    found = understood(db, tmp_path, ["name,id,kind,date,amount"], dataset="insurance_claims")
    assert told(found) == ["表头是外文，没有一列认得 → 表头应为：姓名、证件号码、赔付日期、赔付金额"]


ASK = "看不出是哪个月的数据 → 在表头上方写明，如 2020年6月，或写进文件名，如 2020-06；也可以用 --month 说明"


@pytest.mark.parametrize(
    ("days", "title", "name", "month", "said"),
    [
        (["2020-06-01", "2020-06-18", "2020-06-30"], "", "数据", JUNE, []),
        (["2020-06-01", "2020-06-18", "2020-06-30"], "", "2020-05", JUNE, []),
        (["2020-06-01", "2020-06-18", "2020-06-30", "2020-05-30"], "", "数据", JUNE, []),
        (["2020-06-01"], "昆明市2020年6月理赔明细", "数据", JUNE, []),
        (["2020-06-01"], "", "理赔2020年6月", JUNE, []),
        (["2020-06-01"], "", "数据", None, [ASK]),
        (
            ["2020-06-01", "2020-06-18", "2020-05-30", "2020-05-31"],
            "",
            "数据",
            None,
            ["一个文件里有两个月：2020-05 2 行，2020-06 2 行 → 每个文件只交一个月，按月分开再交"],
        ),
        (
            ["2020-06-01", "2020-05-18", "2020-04-30", "2020-03-31"],
            "",
            "数据",
            None,
            ["4 行的日期分散在 4 个月，最多的一个月只有 1 行 → 每个文件只交一个月，按月分开再交"],
        ),
        (
            ["2020-06-01", "2020-06-18", "2020-06-30"],
            "2020年5月",
            "数据",
            JUNE,
            ["行内日期是 2020-06，表头上方是 2020-05 → 核实后改正其中之一再交"],
        ),
    ],
)
def test_month_of_events(
    db: DuckDB, tmp_path: Path, days: list[str], title: str, name: str, month: Month | None, said: list[str]
) -> None:
    above = [title] if title else []
    found = understood(db, tmp_path, [*above, CLAIMS, *claims(*days)], name=f"{name}.csv")
    assert (found.month, told(found)) == (month, said)


def test_month_that_was_claimed_is_another(db: DuckDB, tmp_path: Path) -> None:
    found = understood(db, tmp_path, [CLAIMS, *claims(*["2020-06-18"] * 3)], month=Month(2020, 5))
    assert told(found) == ["行内日期是 2020-06，指明是 2020-05 → 核实后改正其中之一再交"]


@pytest.mark.parametrize(
    ("title", "name", "month", "month_from"),
    [("2020年6月参保名册", "数据", JUNE, "title"), ("", "参保202006", JUNE, "name"), ("", "数据", None, "")],
)
def test_month_of_a_roll_must_be_stated(
    db: DuckDB, tmp_path: Path, title: str, name: str, month: Month | None, month_from: str
) -> None:
    above = [title] if title else []
    lines = [*above, HEADERS["medical_insurance"], "张某,,居民,正常,2020"]
    found = understood(db, tmp_path, lines, name=f"{name}.csv")
    assert (found.month, found.month_from) == (month, month_from)
    assert told(found) == ([] if month else [ASK])


@pytest.mark.parametrize(("elsewhere", "refused"), [(19, False), (20, True)])
def test_file_of_another_city(db: DuckDB, tmp_path: Path, elsewhere: int, refused: bool) -> None:
    ours = [claim("2020-06-18", id_number(n, date(1980, 3, 1))) for n in range(1)]
    others = [claim("2020-06-18", of_another_city(n)) for n in range(elsewhere)]
    found = understood(db, tmp_path, [CLAIMS, *others, *(ours if refused else [])])
    counted = "21 个证件号码中只有 1 个是本市的"
    assert told(found) == ([f"像是别的城市的文件：{counted} → 换成本市的文件"] if refused else [])


def of_another_city(number: int) -> str:
    seventeen = f"51010{number % 9 + 1}19800301{number:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return seventeen + "10X98765432"[sum(int(d) * w for d, w in zip(seventeen, weights, strict=True)) % 11]


def test_villages_of_another_city(db: DuckDB, tmp_path: Path) -> None:
    rows = [f"别县,别镇,第{n}村,是,300,2020-06-01" for n in range(20)]
    found = understood(db, tmp_path, [HEADERS["water"], *rows])
    assert told(found) == ["像是别的城市的文件：20 个村中只有 0 个是本市的 → 换成本市的文件"]


def test_header_a_person_agreed_to_is_remembered(db: DuckDB, tmp_path: Path) -> None:
    lines = ["姓名,证件号码,险种,赔付日期,赔付的金额", *claims(*["2020-06-18"] * 3)]
    before = understood(db, tmp_path, lines)
    assert told(before) == ["缺少列“赔付金额” → “赔付的金额”若就是这一列，改写表头，或由人确认后记入对应表"]
    assert [(p.header, p.name, p.ours) for p in before.proposals] == [("赔付的金额", "paid", "赔付金额")]
    mappings.agree(tmp_path, "insurance_claims", "赔付的金额", column="paid", by="李某", on=date(2020, 7, 1))
    after = understood(db, tmp_path, lines)
    assert told(after) == []
    assert after.columns[3].how is How.AGREED
    assert after.source(open_file(tmp_path / "数据.csv", scratch=tmp_path), label="x").columns[4] == "paid"


def test_mapping_file_is_readable_and_versioned(tmp_path: Path) -> None:
    for header in ("金额", "赔付的金额", "金 额"):
        mappings.agree(tmp_path, "insurance_claims", header, column="paid", by="李某", on=date(2020, 7, 1))
    assert (tmp_path / "mappings/insurance_claims.yaml").read_text(encoding="utf-8").splitlines() == [
        "version: 1",
        "entries:",
        "- header: 赔付的金额",
        "  column: paid",
        "  agreed_by: 李某",
        "  agreed_on: 2020-07-01",
        "- header: 金 额",
        "  column: paid",
        "  agreed_by: 李某",
        "  agreed_on: 2020-07-01",
    ]
    assert mappings.agreed_columns(tmp_path, "insurance_claims") == {"赔付的金额": "paid", "金额": "paid"}
    assert mappings.load(tmp_path, "loans") == ()


def test_mapping_to_a_column_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        mappings.agree(tmp_path, "companies", "金额", column="paid", by="李某", on=date(2020, 7, 1))
    assert caught.value.found == "companies 没有列 paid"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("version: 2\n", ["不是这一版的表头对应表 → 第一行应为 version: 1"]),
        ("[}", ["不是可以读的 YAML 文件 → 从备份恢复，或删去后重新确认"]),
        (
            "version: 1\nentries:\n- {header: 金额}\n- {header: 金, column: x, agreed_by: a, agreed_on: 2020-07-01}\n",
            [
                "第 1 条看不懂 → 写明 header、column、agreed_by、agreed_on",
                "第 2 条的列不存在 → 写其中之一：address、birth_date、head_name、id_number、name、phone、sex、village",
            ],
        ),
    ],
)
def test_mapping_file_that_cannot_be_read(tmp_path: Path, content: str, said: list[str]) -> None:
    (tmp_path / "mappings").mkdir()
    (tmp_path / "mappings/companies.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        mappings.load(tmp_path, "companies")
    assert [str(fault).removeprefix("mappings/companies.yaml: ") for fault in caught.value.faults] == said
