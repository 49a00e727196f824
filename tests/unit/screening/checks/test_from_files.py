"""From other files to findings: people in several homes, earlier registers, measures, and the facts of a run."""

import json
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from shouwang.screening.checks.catalogue import RULES
from shouwang.screening.checks.material import gather
from shouwang.screening.checks.members import stage_of
from shouwang.screening.checks.run import Count
from shouwang.screening.intake.survey import REGISTER_TABLES
from shouwang.terms.errors import DataError, UserError
from tests.support.city import SCHEMAS, id_number, income
from tests.support.national_lists import Lists
from tests.unit.screening.checks.conftest import checked, found, imported

JOB, HOUSE = "就业帮扶", "住房安全保障"
CORE = [
    "id-missing", "id-length", "id-old-form", "id-check-digit", "id-birth", "id-birth-differs", "id-sex-differs",
    "person-twice-at-home", "person-in-two-homes", "person-in-two-counties", "name-missing", "ethnic-missing",
    "education-missing", "in-school-missing", "education-and-school", "health-missing", "labour-missing",
    "relation-sex", "healthy-no-labour", "child-with-labour", "senior-too-young", "primary-too-old", "empty-home",
    "no-head", "two-heads", "two-spouses", "head-spouse-same-sex", "business-without-cost", "income-not-positive",
    "income-too-high", "phone-length",
]  # fmt: skip
"""What a register alone allows."""


def register(city: Path, homes: Sequence[dict[str, Any]], members: Sequence[dict[str, Any]], *,
             incomes: Sequence[dict[str, Any]] = (), month: str = "2020-06") -> Path:  # fmt: skip
    """A register of these rows; what a row does not say is null."""
    folder = city / "registry" / month
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in zip(REGISTER_TABLES, (homes, members, incomes), strict=True):
        pq.write_table(pa.Table.from_pylist(list(rows), schema=SCHEMAS[name]), folder / f"{name}.parquet")
    return city


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    pq.write_table(pa.Table.from_pylist(rows), path)


def test_register_alone_runs_what_it_can_and_says_what_it_lacks(tmp_path: Path) -> None:
    result = checked(register(tmp_path, [], []))
    assert sorted(result.counts) == sorted(CORE)
    assert sorted(result.not_run) == sorted({rule.code for rule in RULES} - set(CORE))
    assert result.not_run["road-distance"] == ("road_km",)
    assert result.not_run["no-measure"] == ("measures", "monitored", "months_identified", "risk_removed")
    assert (result.households, result.members, result.findings.num_rows) == (0, 0, 0)


def test_lists_measures_and_earlier_registers_run_every_rule(tmp_path: Path) -> None:
    lists = Lists()
    lists.household("a")
    city = imported(tmp_path / "city", lists)
    write(city / "registry/2020-06/measures.parquet", [measure("a", JOB)])
    for month in ("2019-06", "2018-06"):
        register(city, [], [], month=month)
    result = checked(city)
    assert result.not_run == {}
    assert set(result.counts) == {rule.code for rule in RULES}


def test_column_the_register_lacks_keeps_its_rules_from_running(tmp_path: Path) -> None:
    register(tmp_path, [{"household_id": "a"}], [])
    path = tmp_path / "registry/2020-06/members.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["id_number", "sex"]), path)
    result = checked(tmp_path)
    assert result.not_run["id-check-digit"] == ("id_check_holds", "id_length")
    assert result.not_run["relation-sex"] == ("sex",)
    assert result.not_run["head-spouse-same-sex"] == ("head_female", "head_male", "spouse_female", "spouse_male")
    assert found(result) == {"a": ["empty-home"]}


def person(home: str, number: str | None = None, **more: Any) -> dict[str, Any]:
    whole = {"sex": "男", "ethnic": "汉族", "education": "初中", "health": "健康", "labour": "普通劳动力", "name": "甲"}
    return (
        whole | {"household_id": home, "id_number": number, "relation": "户主", "birth_date": date(1980, 3, 1)} | more
    )


ID, OTHER_ID = id_number(1, date(1980, 3, 1)), id_number(3, date(1980, 3, 1))
FULL_WIDTH = ID.translate(str.maketrans("0123456789X", "０１２３４５６７８９Ｘ"))


def homes_of(**areas: str | None) -> list[dict[str, Any]]:
    return [{"household_id": home, "area_code": area, "register": "general"} for home, area in areas.items()]


def test_same_id_at_home_in_the_county_and_beyond(tmp_path: Path) -> None:
    homes = homes_of(a="530113101201", b="530113101202", c="530128101201", d="530113101201", e="530113101201", f=None)
    members = [
        person("a", ID), person("b", FULL_WIDTH), person("c", ID), person("d", OTHER_ID),
        person("d", OTHER_ID, relation="之子"), person("e", None), person("f", ID),
    ]  # fmt: skip
    result = checked(register(tmp_path, homes, members))
    twice = ("person-twice-at-home", "person-in-two-homes", "person-in-two-counties")
    told = {home: [rule for rule in rules if rule in twice] for home, rules in found(result).items()}
    assert told == {
        "a": ["person-in-two-homes", "person-in-two-counties"],
        "b": ["person-in-two-homes", "person-in-two-counties"],
        "c": ["person-in-two-counties"],
        "d": ["person-twice-at-home", "person-twice-at-home"],
        "e": [],
        "f": ["person-in-two-counties"],
    }
    assert [result.total(rule).unknown for rule in twice] == [1, 1, 1]


def test_members_not_of_the_day_are_not_checked(tmp_path: Path) -> None:
    members = [
        person("a", ID),
        person("a", ID, until=date(2020, 6, 30)),
        person("a", ID, since=date(2020, 7, 1)),
        person("a", ID, since=date(2020, 6, 30), until=date(2020, 7, 1)),
    ]
    result = checked(register(tmp_path, homes_of(a="530113101201"), members))
    assert result.members == 2
    assert [
        (row["member"], row["row"]) for row in result.findings.to_pylist() if row["rule"] == "person-twice-at-home"
    ] == [
        (1, 1),
        (2, 4),
    ]


def test_finding_says_who_of_the_household_and_never_who_that_is(tmp_path: Path) -> None:
    members = [person("b", ID), person("a", OTHER_ID), person("a", None, relation="之女", sex="男")]
    result = checked(register(tmp_path, homes_of(a="530113101201", b="530113101202"), members))
    assert result.findings.column_names == ["area_code", "household_id", "member", "relation", "row", "rule"]
    daughter = {"area_code": "530113101201", "household_id": "a", "member": 2, "relation": "之女", "row": 3}
    assert result.findings.to_pylist() == [daughter | {"rule": rule} for rule in ("id-missing", "relation-sex")]


def test_counts_by_county_and_of_an_unknown_place(tmp_path: Path) -> None:
    members = [person(home, None) for home in "aabc"]
    homes = homes_of(a="530113101201", b="530128101201", c=None)
    result = checked(register(tmp_path, homes, members))
    assert result.counts["id-missing"] == {"530113": Count(2, 0), "530128": Count(1, 0), "?": Count(1, 0)}
    assert result.counts["id-length"] == {"530113": Count(0, 2), "530128": Count(0, 1), "?": Count(0, 1)}
    assert result.counts["phone-length"] == {"530113": Count(0, 1), "530128": Count(0, 1), "?": Count(0, 1)}
    assert result.counts["no-head"] == {}
    assert result.total("id-missing") == Count(4, 0)


def test_unknown_relation_may_be_the_head(tmp_path: Path) -> None:
    members = [person("a", ID, relation="01"), person("b", OTHER_ID, relation="之子")]
    result = checked(register(tmp_path, homes_of(a="530113101201", b="530113101202"), members))
    assert result.total("no-head") == Count(1, 1)
    assert found(result)["b"] == ["no-head"]


def test_words_of_no_table_are_unknown_not_wrong(tmp_path: Path) -> None:
    strange = person("a", ID, labour="会电焊", health="还行", in_school="某校", sex="不详")
    result = checked(register(tmp_path, homes_of(a="530113101201"), [strange]))
    assert found(result) == {}
    unknown = ["healthy-no-labour", "education-and-school", "id-sex-differs"]
    assert [result.total(rule) for rule in unknown] == [Count(0, 1)] * 3


@pytest.mark.parametrize(
    ("phone", "count"),
    [
        ("13800000000", Count(0, 0)),
        ("+86 138-0000-0000", Count(0, 0)),
        ("0871-3123456", Count(0, 0)),
        ("1380000000", Count(1, 0)),
        ("13800000000/2", Count(1, 0)),
        ("", Count(0, 1)),
        (None, Count(0, 1)),
    ],
)
def test_phone(tmp_path: Path, phone: str | None, count: Count) -> None:
    home = homes_of(a="530113101201")[0] | {"phone": phone}
    assert checked(register(tmp_path, [home], [person("a", ID)])).total("phone-length") == count


def test_income_is_that_of_the_newest_window_as_collected_last(tmp_path: Path) -> None:
    def row(net: int, year: int, collected: date) -> dict[str, Any]:
        return {"household_id": "a"} | (income(net, date(year - 1, 10, 1), date(year, 9, 30), collected) or {})

    newest, older = date(2019, 11, 2), date(2019, 11, 1)
    rows = [row(5, 2018, date(2019, 12, 1)), row(7, 2019, older), row(-5, 2019, newest), row(3, 2019, newest)]
    future = [row(9, 2020, date(2020, 10, 1)), row(9, 2019, date(2020, 7, 1))]
    members = [person("a", ID), person("a", OTHER_ID, relation="之子")]
    result = checked(register(tmp_path, homes_of(a="530113101201"), members, incomes=rows + future))
    assert found(result)["a"] == ["income-not-positive"]


def test_income_of_a_whole_without_parts(tmp_path: Path) -> None:
    city = register(tmp_path, homes_of(a="530113101201"), [person("a", ID)])
    whole = {"household_id": "a", "window_to": date(2019, 12, 31), "collected_on": date(2020, 6, 30)}
    write(city / "registry/2020-06/incomes.parquet", [whole | {"net_income": Decimal("100000.01")}])
    result = checked(city)
    assert found(result)["a"] == ["income-too-high"]
    assert result.not_run["business-without-cost"] == ("business", "business_cost")


def test_same_grade_three_years(tmp_path: Path) -> None:
    def pupil(who: str, grade: str, **more: Any) -> dict[str, Any]:
        return person("a", None, person_id=who, in_school=grade, education=None, birth_date=date(2006, 1, 1)) | more

    homes = homes_of(a="530113101201")
    years = {"2020-06": ("七年级", "七年级", "七年级"), "2019-06": ("七年级", "小学"), "2018-06": ("七年级", "小学")}
    for month, grades in years.items():
        register(tmp_path, homes, [pupil(f"p{n}", g) for n, g in enumerate(grades)], month=month)
    result = checked(tmp_path)
    assert result.total("same-grade-three-years") == Count(1, 1)
    assert [row["member"] for row in result.findings.to_pylist() if row["rule"] == "same-grade-three-years"] == [1]


def measure(home: str, what: str, kind: str | None = "开发式", status: str | None = "正在实施") -> dict[str, Any]:
    return {"household_id": home, "measure": what, "family": "帮", "kind": kind, "status": status,
            "identified_on": date(2020, 1, 1), "started_on": date(2020, 2, 1)}  # fmt: skip


MONITORED = {"监测对象类型": "脱贫不稳定户", "风险识别时间": "2019-12-31", "风险是否消除": "否", "风险类型": "因病",
             "义务教育保障": "是", "基本医疗保障": "是", "住房安全保障": "是", "饮水安全保障": "是"}  # fmt: skip


def monitored(**homes: dict[str, str]) -> Lists:
    lists = Lists()
    for code, cells in homes.items():
        lists.household(code).change(**MONITORED).change(**cells)
    return lists


def test_measures(tmp_path: Path) -> None:
    lists = monitored(
        none={}, new={"风险识别时间": "2020-05-31"}, newer={"风险识别时间": "2020-06-01"},
        young={"风险识别时间": "2020-01-01"},
        safety_net={}, both={}, waiting={}, removed={"风险是否消除": "是", "工资性收入": "0"}, silent={},
        no_wage={"风险是否消除": "是", "工资性收入": "0"},
    )  # fmt: skip
    for code in ("removed", "no_wage"):
        for who in range(3):
            lists.homes[code].change_cells({"务工时间(月)": "", "务工所在地": ""}, who)
    city = imported(tmp_path / "city", lists)
    write(
        city / "registry/2020-06/measures.parquet",
        [
            measure("young", HOUSE, "综合保障"), measure("young", "产业帮扶", "住房"),
            measure("safety_net", "综合保障", "综合保障"), measure("both", "综合保障", "综合保障"),
            measure("both", JOB), measure("waiting", JOB, status="尚未实施"), measure("no_wage", "公益岗位帮扶"),
            measure("silent", JOB, None, None),
        ],
    )  # fmt: skip
    result = checked(city)
    assert found(result) == {
        "none": ["no-measure", "no-development-measure"],
        "new": ["no-measure"],
        "safety_net": ["no-development-measure", "only-guarantee-measures"],
        "waiting": ["measure-not-started"],
        "no_wage": ["removed-without-wage"],
    }
    assert result.total("no-development-measure") == Count(2, 1)
    assert result.total("measure-not-started") == Count(1, 1)


def write_run(folder: Path, rows: list[dict[str, Any]], as_of: str = "2020-06-30") -> Path:
    folder.mkdir()
    schema = pa.schema([("household_id", pa.string()), ("housing_grade", pa.string()), ("water_safe", pa.bool_()),
                        ("out_of_school", pa.int64()), ("uninsured_members", pa.int64())])  # fmt: skip
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), folder / "facts.parquet")
    (folder / "manifest.json").write_text(json.dumps({"as_of": as_of}))
    return folder


def test_facts_of_a_run_show_who_should_be_monitored(tmp_path: Path) -> None:
    lists = Lists()
    codes = ("house", "water", "school", "sick", "some", "well", "unknown", "watched")
    for code in codes:
        lists.household(code).change_cells({"是否解决安全饮用水": "", "危房户": "", "危房级别": ""})
    lists.homes["watched"].change(**MONITORED)
    for code in ("sick", "some"):
        lists.homes[code].change(0, 健康状况="患有大病")
    fine = {"housing_grade": "B", "water_safe": True, "out_of_school": 0, "uninsured_members": 0}
    facts = {
        "house": {"housing_grade": "C"}, "water": {"water_safe": False}, "school": {"out_of_school": 1},
        "sick": {"uninsured_members": 3}, "some": {"uninsured_members": 2}, "well": {"uninsured_members": 3},
        "unknown": dict.fromkeys(fine), "watched": {"housing_grade": "D"},
    }  # fmt: skip
    rows = [{"household_id": code} | fine | change for code, change in facts.items()]
    city = imported(tmp_path / "city", lists)
    result = checked(city, write_run(tmp_path / "run", rows))
    told = {home: [r for r in rules if r.startswith("unmonitored")] for home, rules in found(result).items()}
    assert {home: rules for home, rules in told.items() if rules} == {
        "house": ["unmonitored-unsafe-house"],
        "water": ["unmonitored-unsafe-water"],
        "school": ["unmonitored-out-of-school"],
        "sick": ["unmonitored-sick-uninsured"],
    }
    unknown = {
        code: n.unknown for code in result.counts if code.startswith("unmonitored") for n in [result.total(code)]
    }
    assert unknown == {
        "unmonitored-unsafe-house": 1,
        "unmonitored-unsafe-water": 1,
        "unmonitored-sick-uninsured": 0,
        "unmonitored-out-of-school": 0,
    }


def test_sick_and_uninsured_by_the_lists(tmp_path: Path) -> None:
    lists = Lists()
    for code, health in (("sick", "长期慢性病"), ("well", "健康")):
        lists.household(code).change(0, 健康状况=health, 是否参加城乡居民基本医疗保险="否")
    result = checked(imported(tmp_path / "city", lists))
    assert found(result) == {"sick": ["unmonitored-sick-uninsured", "insurance-none"], "well": ["insurance-none"]}


def test_cells_nobody_can_read_are_unknown(tmp_path: Path) -> None:
    lists = Lists()
    lists.household("a").change_cells(
        {"耕地面积": "很多", "致贫原因1": "命不好", "务工时间(月)": "半年", "监测对象类型": "07"}
    )
    result = checked(imported(tmp_path / "city", lists))
    assert found(result) == {}
    codes = ("farmland-per-person", "cause-ill-all-healthy", "months-worked-range", "unmonitored-unsafe-house")
    assert [result.total(code).unknown for code in codes] == [1, 1, 3, 0]


def test_rows_that_disagree_leave_the_household_unknown(tmp_path: Path) -> None:
    lists = Lists()
    lists.household("a").people[1].names["致贫原因1"] = "因病"
    result = checked(imported(tmp_path / "city", lists))
    assert result.total("cause-ill-all-healthy") == Count(0, 1)


def test_household_in_no_list_is_unknown(tmp_path: Path) -> None:
    lists = Lists()
    lists.household("a")
    city = imported(tmp_path / "city", lists)
    path = city / "registry/2020-06/households.parquet"
    table = pq.read_table(path)
    late = pa.Table.from_pylist([{"household_id": "late", "register": "exited"}], schema=table.schema)
    pq.write_table(pa.concat_tables([table, late]), path)
    result = checked(city)
    assert found(result) == {"late": ["empty-home"]}
    assert [result.total(code).unknown for code in ("electricity-missing", "no-helper", "cause-missing")] == [1, 1, 1]


def test_type_that_says_nothing_of_assistance_is_unknown(tmp_path: Path) -> None:
    lists = Lists()
    lists.household("a").change(户属性="").change(0, 是否享受低保="是")
    result = checked(imported(tmp_path / "city", lists))
    assert result.total("dibao-member-no-home") == Count(0, 1)


def test_disability_card_in_the_id_counts(tmp_path: Path) -> None:
    lists = Lists()
    home = lists.household("a")
    home.change(0, 健康状况="残疾", 证件号码=home.people[0].people["证件号码"] + "43")
    home.change(1, 健康状况="残疾", 残疾类别="肢体残疾")
    result = checked(imported(tmp_path / "city", lists))
    assert result.total("disability-card-missing") == Count(0, 0)
    assert found(result) == {}


def test_day_chooses_the_register(tmp_path: Path) -> None:
    register(tmp_path, homes_of(a="530113101201"), [], month="2020-05")
    register(tmp_path, homes_of(a="530113101201", b="530113101201"), [], month="2020-06")
    assert [checked(tmp_path).households, checked(tmp_path, as_of=date(2020, 6, 29)).households] == [2, 1]


def test_no_city_no_register_no_run(tmp_path: Path) -> None:
    for city, run, said in (
        (tmp_path / "x", None, "没有这个文件夹：x → 检查路径，或先用 shouwang city 造一个"),
        (tmp_path, None, f"{tmp_path.name} 里没有登记册 → 需要 registry/<年-月>/,内有 households、members、incomes"),
        (
            register(tmp_path / "c", [], []),
            tmp_path,
            f"{tmp_path.name} 不是一次完整的筛查结果 → 给出 shouwang screen 写成的文件夹",
        ),
    ):
        with pytest.raises(UserError) as caught:
            gather(city, None, run)
        assert str(caught.value) == said


def test_broken_files_are_told_at_once(tmp_path: Path) -> None:
    folder = register(tmp_path, [], []) / "registry/2020-06"
    (folder / "members.parquet").write_bytes(b"x")
    (folder / "incomes.parquet").unlink()
    write(folder / "households.parquet", [{"household_id": "a"}])
    write(folder / "measures.parquet", [{"household_id": "a", "measure": JOB}])
    with pytest.raises(DataError) as caught:
        gather(tmp_path, None)
    assert str(caught.value).splitlines() == [
        "registry/2020-06/members.parquet: 不是可以打开的 Parquet 文件 → 重新导出",
        "registry/2020-06: 缺少 incomes.parquet → 补齐这个月的登记册",
        "registry/2020-06/households.parquet: 缺少列 area_code → 补上这一列",
        "registry/2020-06/measures.parquet: 缺少列 kind → 补上这一列",
        "registry/2020-06/measures.parquet: 缺少列 status → 补上这一列",
    ]


def test_register_of_hardly_any_columns(tmp_path: Path) -> None:
    folder = tmp_path / "registry/2020-06"
    folder.mkdir(parents=True)
    write(folder / "households.parquet", [{"household_id": "a", "area_code": "530113101201"}])
    write(folder / "members.parquet", [{"household_id": "a", "relation": "户主", "since": None, "until": None}])
    write(folder / "incomes.parquet", [{"household_id": "a", "window_to": None, "collected_on": None}])
    result = checked(tmp_path)
    assert sorted(result.counts) == ["empty-home", "no-head", "two-heads", "two-spouses"]
    assert found(result) == {}


def test_facts_of_a_run_without_health_cannot_say_who_is_sick(tmp_path: Path) -> None:
    register(tmp_path / "city", homes_of(a="530113101201"), [person("a", ID)])
    path = tmp_path / "city/registry/2020-06/members.parquet"
    pq.write_table(pq.read_table(path).drop_columns(["health"]), path)
    result = checked(tmp_path / "city", write_run(tmp_path / "run", [{"household_id": "a"}]))
    assert result.not_run["unmonitored-sick-uninsured"] == ("monitored", "sick_uninsured")
    assert result.not_run["unmonitored-unsafe-house"] == ("monitored",)


def test_material_names_every_file_it_reads(tmp_path: Path) -> None:
    lists = Lists()
    lists.household("a")
    city = imported(tmp_path / "city", lists)
    write(city / "registry/2020-06/measures.parquet", [measure("a", JOB)])
    for month in ("2019-06", "2018-06"):
        register(city, [], [], month=month)
    material = gather(city, None, write_run(tmp_path / "run", []))
    assert [str(path.relative_to(tmp_path)) for path in material.files] == [
        *(f"city/registry/2020-06/{name}.parquet" for name in REGISTER_TABLES),
        *(f"city/registry/2020-06/lists/{kind}.parquet" for kind in ("names", "people", "homes")),
        "city/registry/2020-06/measures.parquet",
        "city/registry/2019-06/members.parquet",
        "city/registry/2018-06/members.parquet",
        "run/facts.parquet",
    ]


def test_city_that_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("shouwang.screening.checks.material.newest_register", shut)
    with pytest.raises(UserError) as caught:
        gather(tmp_path, None)
    assert str(caught.value) == f"不能读取 {tmp_path.name} → 给予读权限，或复制一份再用"


@pytest.mark.parametrize(
    ("word", "stage"),
    [("学前教育", "kindergarten"), ("小学", "primary"), ("八年级", "junior"), ("中职二年级", "senior"),
     ("技师学院一年级", "college"), ("本科五年级", "college"), ("非在校生", "none"), ("学龄前儿童", "none")],
)  # fmt: skip
def test_stage_of_school(word: str, stage: str) -> None:
    assert stage_of(word) == stage
