"""A register and a run of a few made-up households, as files."""

import hashlib
import json
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from shouwang.office.registry.models import FACTS, FactBatch, FactSheet, Household
from shouwang.rules.vocabulary import Kind
from tests.unit.office.factories import VILLAGE

TYPES = {Kind.NUMBER: pa.int64(), Kind.YES_NO: pa.bool_(), Kind.CATEGORY: pa.string(), Kind.SET: pa.list_(pa.string())}
OTHER = pa.struct([("fact", pa.string()), ("value", pa.string()), ("as_of", pa.date32()), ("source", pa.string())])
HOUSEHOLDS = pa.schema(
    [(name, pa.string()) for name in ("household_id", "area_code", "register")]
    + [("exit_year", pa.int32())]
    + [(name, pa.string()) for name in ("hukou", "head_person_id", "phone")]
)
MEMBERS = pa.schema(
    [(name, pa.string()) for name in ("person_id", "household_id", "name", "id_number", "relation", "sex")]
    + [("birth_date", pa.date32())]
    + [(name, pa.string()) for name in ("ethnic", "education", "in_school", "health", "labour")]
    + [("since", pa.date32()), ("until", pa.date32())]
)
INCOMES = pa.schema(
    [("household_id", pa.string()), ("window_from", pa.date32()), ("window_to", pa.date32())]
    + [(name, pa.decimal128(18, 2)) for name in ("wage", "business", "property", "transfer", "business_cost")]
    + [("collected_on", pa.date32()), ("source", pa.string())]
)
ID_NUMBER = "530113197807018379"
SINCE = date(2018, 12, 31)


def home(number: str, *, head: str | None = None, **values: Any) -> dict[str, Any]:
    """A row of `households`."""
    return {
        "household_id": number, "area_code": VILLAGE, "register": "exited", "exit_year": 2018, "hukou": "农业",
        "head_person_id": head, "phone": "13812345678", **values,
    }  # fmt: skip


def member(person: str, household: str, **values: Any) -> dict[str, Any]:
    """A row of `members`."""
    return {
        "person_id": person, "household_id": household, "name": "王小明", "id_number": None, "relation": "户主",
        "sex": "男", "birth_date": date(1978, 7, 1), "ethnic": "汉族", "since": SINCE, "until": None, **values,
    }  # fmt: skip


def write_register(city: Path, month: str, homes: list[dict[str, Any]], people: list[dict[str, Any]]) -> None:
    folder = city / "registry" / month
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows, schema in (
        ("households", homes, HOUSEHOLDS),
        ("members", people, MEMBERS),
        ("incomes", [], INCOMES),
    ):
        pq.write_table(pa.Table.from_pylist(rows, schema), folder / f"{name}.parquet")


def write_run(run: Path, city: Path, month: str, as_of: date, homes: dict[str, dict[str, Any]]) -> Path:
    """A run on the register of a month. `homes`: number → facts, `<fact>__as_of`, `<fact>__source`, `contradicted`."""
    run.mkdir(parents=True)
    rows = [
        {
            "household_no": no,
            "household_id": number,
            "area_code": VILLAGE,
            **_facts(given, as_of),
            "contradicted": given.get("contradicted", []),
        }
        for no, (number, given) in enumerate(sorted(homes.items()))
    ]
    columns = [("household_no", pa.int32()), ("household_id", pa.string()), ("area_code", pa.string())]
    for spec in FACTS:
        columns += [
            (spec.name, TYPES[spec.kind]),
            (f"{spec.name}__as_of", pa.date32()),
            (f"{spec.name}__source", pa.string()),
        ]
    schema = pa.schema([*columns, ("contradicted", pa.list_(OTHER))])
    pq.write_table(pa.Table.from_pylist(rows, schema), run / "facts.parquet")
    inputs = {
        f"registry/{month}/{path.name}": {"rows": 1, "sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        for path in (city / "registry" / month).glob("*.parquet")
    }
    text = json.dumps(rows, default=str, ensure_ascii=False)
    manifest = {
        "policy": "kunming-2020", "as_of": str(as_of), "register": month, "inputs": inputs,
        "output_digest": hashlib.sha256(text.encode()).hexdigest(),
    }  # fmt: skip
    (run / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    return run


def _facts(given: dict[str, Any], as_of: date) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for spec in FACTS:
        value = given.get(spec.name)
        found[spec.name] = value
        found[f"{spec.name}__as_of"] = given.get(f"{spec.name}__as_of", as_of if value is not None else None)
        found[f"{spec.name}__source"] = given.get(f"{spec.name}__source", f"registry {as_of:%Y-%m}")
    return found


def sheet(household: Household, *, source: str = "housing 2020-06", **values: Any) -> FactSheet:
    """A sheet of a batch of June; every fact has this source and its day."""
    batch, _ = FactBatch.objects.get_or_create(
        run_digest="june",
        defaults={
            "as_of": date(2020, 6, 30),
            "register_month": "2020-06",
            "sources": {spec.name: ["2020-06-30", source] for spec in FACTS},
        },
    )
    return FactSheet.objects.create(household=household, batch=batch, **values)
