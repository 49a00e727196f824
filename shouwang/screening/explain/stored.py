"""What a run holds of one household, read so that a million others cost nothing."""

import csv
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from shouwang.rules.policy import Policy
from shouwang.rules.vocabulary import FactSpec, Kind, Stored
from shouwang.screening.explain.explanation import Said
from shouwang.terms.errors import UserError

Row = Mapping[str, Any]


def require_run(run: Path) -> None:
    """As `run.changes.require_run`, without the engine that comes with it. Errors: `UserError`."""
    if not (run / "verdicts.parquet").is_file() or not (run / "manifest.json").is_file():
        raise UserError(f"{run.name} 不是一次完整的筛查结果", "给出 shouwang screen 写成的文件夹")


class Words:
    """What the policy of the run called things, from RUN/policy.json."""

    def __init__(self, frozen: dict[str, Any]) -> None:
        self.title = Said(frozen["zh"], frozen["en"])
        self.names = {one["name"]: Said(one["zh"], one["en"]) for one in (*frozen["facts"], *frozen["derived"])}
        self.options = {
            fact["name"]: {label: Said(*names) for label, names in fact["options"].items()} for fact in frozen["facts"]
        }
        self.rules = {rule["code"]: Said(rule["zh"], rule["en"]) for rule in frozen["rules"]}
        self.signs = {sign["code"]: Said(sign["zh"], sign["en"]) for sign in frozen["signs"]}
        self.national_types = {one["label"]: Said(one["label"], one["en"]) for one in frozen["national_types"]}
        self.level_names = {int(level): Said(*names) for level, names in frozen["level_names"].items()}
        self.measures = {int(level): Said(*names) for level, names in frozen["measures"].items()}

    def option(self, fact: str, label: str | None) -> Said:
        return self.options[fact].get(label or "", Said(label or "未知", label or "unknown"))


def row_of(path: Path, household_id: str) -> Row:
    """The row of a household: the ids are looked through, then only the row group that has it is read."""
    with pq.ParquetFile(path) as file:
        for group in range(file.num_row_groups):
            ids = file.read_row_group(group, columns=["household_id"]).column(0)
            at = pc.index(ids, pa.scalar(household_id, ids.type)).as_py()
            if at >= 0:
                found: list[Row] = file.read_row_group(group).slice(at, 1).to_pylist()
                return found[0]
    raise UserError("这次筛查里没有这个户编号", "户编号在 warnings.csv 的第一列和 verdicts.parquet 的 household_id")


def facts_of(policy: Policy, row: Row) -> dict[str, Stored]:
    """The row of a household as the rules read it."""
    return {spec.name: _stored(spec, row.get(spec.name)) for spec in policy.vocabulary}


def _stored(spec: FactSpec, value: Any) -> Stored:
    """A whole number may lie in a file as a float of the same value."""
    if value is None or spec.kind is not Kind.NUMBER:
        return cast(Stored, value)
    return int(value)


def stored_sentence(run: Path, household_id: str) -> Said | None:
    """The sentence as the run wrote it, for a run whose policy is not installed any more."""
    path = run / "warnings.csv"
    if not path.is_file():
        return None
    with path.open(encoding="utf-8-sig", newline="") as stream:
        found = next((line for line in csv.DictReader(stream) if line["户编号"] == household_id), None)
    return Said(found["理由"], found["理由"]) if found else None


def read_json(path: Path) -> dict[str, Any]:
    try:
        return cast(dict[str, Any], json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        raise UserError(f"{path.name} 缺失或读不懂", "这次筛查的文件夹不完整：重新运行 shouwang screen") from None
