"""Which header of a department is which column, once a person agreed: CITY/mappings/<dataset>.yaml.

version: 1
entries:
- {header: 身份证件号, column: id_number, agreed_by: 张某, agreed_on: 2020-06-18}
"""

import os
import tempfile
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from shouwang.screening.datasets import CATALOGUE
from shouwang.screening.intake.headers import columns_to_find
from shouwang.terms.errors import DataError, Fault, UserError
from shouwang.terms.writing import unseen_removed

VERSION = 1
FOLDER = "mappings"


@dataclass(frozen=True)
class Agreed:
    """One header a person agreed to."""

    header: str
    column: str
    agreed_by: str
    agreed_on: date


def load(city: Path, dataset: str) -> tuple[Agreed, ...]:
    """What was agreed for this dataset; nothing where nobody did. Errors: `DataError` for a file not understood."""
    path = city / FOLDER / f"{dataset}.yaml"
    if not path.is_file():
        return ()
    where = f"{FOLDER}/{path.name}"
    try:
        written = yaml.safe_load(path.read_text(encoding="utf-8"))
        return _entries(written, dataset, where)
    except (yaml.YAMLError, UnicodeDecodeError):
        raise DataError([Fault("不是可以读的 YAML 文件", "从备份恢复，或删去后重新确认", where)]) from None


def agreed_columns(city: Path, dataset: str) -> dict[str, str]:
    """Header, as compared → our name of the column. Errors: as `load`."""
    return {unseen_removed(entry.header): entry.column for entry in load(city, dataset)}


def agree(city: Path, dataset: str, header: str, *, column: str, by: str, on: date) -> None:
    """Remember it; an older entry of the same header gives way. Errors: `UserError` for a column the dataset lacks."""
    known = {c.name: c.header for c in columns_to_find(CATALOGUE[dataset])}
    if column not in known:
        raise UserError(f"{dataset} 没有列 {column}", f"写其中之一：{'、'.join(known)}")
    word = unseen_removed(header)
    kept = [entry for entry in load(city, dataset) if unseen_removed(entry.header) != word]
    entries = sorted([*kept, Agreed(header, column, by, on)], key=lambda entry: (entry.column, entry.header))
    _write(city / FOLDER / f"{dataset}.yaml", {"version": VERSION, "entries": [asdict(entry) for entry in entries]})


def _entries(written: Any, dataset: str, where: str) -> tuple[Agreed, ...]:
    if not isinstance(written, dict) or written.get("version") != VERSION:
        raise DataError([Fault("不是这一版的表头对应表", f"第一行应为 version: {VERSION}", where)])
    known = {column.name for column in columns_to_find(CATALOGUE[dataset])}
    entries, faults = [], []
    for place, entry in enumerate(written.get("entries") or [], start=1):
        try:
            read = Agreed(**entry)
        except TypeError:
            faults.append(Fault(f"第 {place} 条看不懂", "写明 header、column、agreed_by、agreed_on", where))
            continue
        if read.column not in known:
            faults.append(Fault(f"第 {place} 条的列不存在", f"写其中之一：{'、'.join(sorted(known))}", where))
        entries.append(read)
    if faults:
        raise DataError(faults)
    return tuple(entries)


def _write(path: Path, content: dict[str, Any]) -> None:
    """Beside its place, then renamed: the old one or the new one, never half of it."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8") as stream:
        yaml.safe_dump(content, stream, allow_unicode=True, sort_keys=False)
        stream.flush()
        os.fsync(stream.fileno())
    os.replace(beside, path)
