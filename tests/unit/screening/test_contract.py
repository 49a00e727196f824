"""RUN as scripts outside the project read it (design.md §5), to the letter."""

import hashlib
import json
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

import shouwang
from shouwang.areas import kunming
from shouwang.screening.datasets import CATALOGUE
from tests.support.screened import POLICY
from tests.unit.screening.conftest import Plain

TEXT, TEXTS = pa.string(), pa.list_(pa.string())
VALUE = pa.struct([("fact", TEXT), ("value", TEXT), ("unit", TEXT), ("as_of", pa.date32()), ("source", TEXT)])
VERDICTS = {
    "household_id": TEXT,
    "area_code": TEXT,
    "register": TEXT,
    "members": pa.int32(),
    "level": pa.int32(),
    "status": TEXT,
    "signs": TEXTS,
    "national_type": TEXT,
    "reasons": pa.list_(pa.struct([("rule", TEXT), ("level", pa.int32()), ("values", pa.list_(VALUE))])),
    "could_be_worse": TEXTS,
    "asset_flags": TEXTS,
}
STORED = {"number": pa.int64(), "yes_no": pa.bool_(), "category": TEXT, "set": TEXTS}
CHANGES = ("new", "worse", "better", "cleared", "same", "to_unverified", "from_unverified")


def plain_type(kind: pa.DataType) -> str:
    """A type without the names Parquet gives to the elements of a list."""
    if pa.types.is_list(kind):
        return f"list<{plain_type(kind.value_type)}>"
    if pa.types.is_struct(kind):
        return f"struct<{', '.join(f'{f.name}: {plain_type(f.type)}' for f in kind)}>"
    return str(kind)


def types_of(schema: pa.Schema) -> dict[str, str]:
    return {field.name: plain_type(field.type) for field in schema}


def test_files_of_a_run(plain: Plain) -> None:
    names = sorted(path.name for path in plain.run.folder.iterdir())
    assert names == [
        "facts.parquet", "manifest.json", "policy.json", "quarantine", "summary.json", "unlinked",
        "verdicts.parquet", "warnings.csv",
    ]  # fmt: skip
    assert plain.run.folder.stat().st_mode & 0o077 == 0


def test_columns_of_verdicts(plain: Plain) -> None:
    found = types_of(pq.read_schema(plain.run.folder / "verdicts.parquet"))
    assert list(found.items()) == [(name, plain_type(kind)) for name, kind in VERDICTS.items()]


def test_columns_of_facts(plain: Plain) -> None:
    """Every fact as it is stored, never a float, with its date and its source."""
    found = types_of(pq.read_schema(plain.run.folder / "facts.parquet"))
    for spec in POLICY.vocabulary:
        assert found[spec.name] == plain_type(STORED[str(spec.kind)]), spec.name
        assert (found[f"{spec.name}__as_of"], found[f"{spec.name}__source"]) == ("date32[day]", "string")
    assert not [name for name, kind in found.items() if "double" in kind or "float" in kind]


def test_rows_are_the_households_of_the_register_in_order(plain: Plain) -> None:
    ids = pq.read_table(plain.run.folder / "verdicts.parquet")["household_id"].to_pylist()
    assert ids == [home.household_id for home in plain.homes.homes]
    assert ids == sorted(ids)


def test_standings(plain: Plain) -> None:
    standings = [(v["level"], v["status"]) for v in plain.run.verdicts.values()]
    graded = [(level, "graded") for level in (1, 2, 3, 4, 5)]
    assert standings == [*graded, (None, "unverified"), (None, "unassessed")]


def test_a_reason_in_full(plain: Plain) -> None:
    verdict = plain.run.verdicts["H000001"]
    assert verdict["national_type"] == "脱贫不稳定户"
    reason = verdict["reasons"][0]
    collected, today = date(2019, 9, 30), date(2020, 6, 30)
    assert (reason["rule"], reason["level"]) == ("fallen-poor", 1)
    assert [tuple(value.values()) for value in reason["values"]] == [
        ("income_per_person", "3999.00", "元/人", collected, "computed"),
        ("current_income", "3999.00", "元", collected, "computed"),
        ("income_age_months", "9", "月", collected, "incomes 入户"),
        ("net_income", "3999.00", "元", collected, "incomes 入户"),
        ("members", "1", "人", today, "registry 2020-06"),
    ]


def test_digest_is_of_the_rows_as_text(plain: Plain) -> None:
    """Computed here once more, plainly."""
    text = "".join(line(row) for row in sorted(plain.run.verdicts.values(), key=lambda row: row["household_id"]))
    assert plain.run.manifest["output_digest"] == hashlib.sha256(text.encode()).hexdigest()


def line(row: dict[str, Any]) -> str:
    reasons = []
    for reason in row["reasons"]:
        values = ",".join(f"{value['fact']}={known(value['value'])}" for value in reason["values"])
        reasons.append(f"{reason['rule']}:{reason['level']}[{values}]")
    cells = [row["household_id"], known(row["level"]), row["status"], known(row["national_type"]), ";".join(reasons)]
    return "|".join(cells) + "\n"


def known(value: object) -> str:
    return "?" if value is None else str(value)


def test_summary(plain: Plain) -> None:
    told = plain.run.summary
    one, two = {"households": 1, "people": 1}, {"households": 1, "people": 2}
    assert told["levels"] == {"1": one, "2": one, "3": two, "4": one, "5": one, "unverified": one, "unassessed": one}
    assert told["rows"] == plain.run.manifest["counts"]["rows"]
    assert set(told["rows"]) == {"read", "linked", "unlinked", "set_aside", "quarantined"}
    assert {kind: told["changes"][kind] for kind in CHANGES} == dict.fromkeys(CHANGES)
    assert list(told["datasets"]) == list(CATALOGUE)
    assert told["undelivered"] == {}


def test_summary_by_county_and_register_adds_up(plain: Plain) -> None:
    told = plain.run.summary
    for groups in (told["counties"], told["registers"]):
        for standing, counted in told["levels"].items():
            for what, number in counted.items():
                assert sum(group[standing][what] for group in groups.values()) == number
    assert set(told["registers"]) == {"exited", "registered", "general"}
    assert {code[:4] for code in told["counties"]} == {"5301"}


def test_manifest(plain: Plain) -> None:
    manifest = plain.run.manifest
    assert manifest["policy"] == "kunming-2020"
    assert manifest["policy_version"] == POLICY.version
    assert manifest["as_of"] == "2020-06-30"
    assert manifest["window"] == ["2019-07-01", "2020-06-30"]
    assert manifest["register"] == "2020-06"
    assert manifest["engine"] == "duckdb"
    assert manifest["code_version"] == shouwang.__version__
    assert manifest["areas_edition"] == kunming().edition
    assert manifest["counts"] == {
        "households": 7, "levels": plain.run.summary["levels"], "rows": plain.run.summary["rows"],
    }  # fmt: skip


def test_manifest_names_every_input_with_its_fingerprint(plain: Plain) -> None:
    inputs = plain.run.manifest["inputs"]
    assert list(inputs) == sorted(inputs)
    for label, told in inputs.items():
        assert told["sha256"] == hashlib.sha256((plain.city / label).read_bytes()).hexdigest(), label
    read = {label.split("/")[1] for label in inputs if label.startswith("extracts/")}
    assert read == set(CATALOGUE)


def test_policy_as_used(plain: Plain) -> None:
    assert plain.run.read_json("policy.json") == json.loads(json.dumps(POLICY.frozen()))


def test_warnings_for_people(plain: Plain) -> None:
    rows = plain.run.read_csv("warnings.csv")
    assert [(row["户编号"], row["级别"]) for row in rows] == [
        ("H000001", "Ⅰ"), ("H000002", "Ⅱ"), ("H000003", "Ⅲ"), ("H000004", "Ⅳ"), ("H000006", "待核实"),
    ]  # fmt: skip
    first = rows[0]
    area = next(a for a in kunming().villages() if str(a.code) == plain.homes.homes[0].area_code)
    assert (first["县"], first["村"]) == (kunming().get(area.code.county).name, area.name)
    assert (first["户类型"], first["人口"], first["国家监测类型"]) == ("脱贫户", "1", "脱贫不稳定户")
    assert (first["含义"], first["帮扶方式"]) == (POLICY.level_names[1][0], POLICY.measures[1][0])
    assert first["理由"].startswith("人均纯收入 3,999.00 元/人")
    assert all(row["理由"] for row in rows)
    assert rows[4]["含义"] == rows[4]["帮扶方式"] == ""


def test_nothing_is_listed_where_every_row_is_good(plain: Plain) -> None:
    assert [path.name for path in plain.run.folder.glob("*/*.csv")] == []
