"""What a run leaves in CITY/matching/<as-of>/: every match with its waterfall, and the doubtful ones for people."""

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from shouwang.screening.datasets import CATALOGUE
from shouwang.screening.intake.cell_sql import parquet
from shouwang.screening.intake.folding import quoted
from shouwang.screening.intake.left_over import SEPARATOR
from shouwang.screening.linkage import waterfall
from shouwang.screening.linkage.decisions import Verdict
from shouwang.screening.linkage.matching import Matching

FOLDER = "matching"
SHEET = "存疑"
MOST_ROWS = 100_000
"""Rows the workbook shows: the largest effects; matches.parquet has all."""
HEADS = (
    "序号", "决定", "经办人", "说明", "可能性", "依据", "行数", "金额（元）", "部门数据",
    "所交姓名", "所交证件号码",
    "登记册姓名", "登记册证件号码", "性别", "出生日期", "户编号", "行政区划", "指纹", "人编号",
)  # fmt: skip
_OF_A_ROW = 500
"""What a row without an amount weighs, in 元, when doubts are put in order."""
_CONTRADICTORY = "以前的决定互相矛盾，请重新确定"


def write_matching(found: Matching, register: Path, city: Path, name: str) -> dict[str, Any] | None:
    """Write CITY/matching/<name>/ whole, in place of what an earlier run of that date left, if there is anything."""
    if found.con is None or not (found.fates.num_rows or (city / FOLDER / name).exists()):
        return None
    folder = city / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    partial = folder / f".{name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    _write_matches(found, partial / "matches.parquet")
    rows = _doubtful_rows(found, register)
    _write_workbook(rows, partial / "doubtful.xlsx")
    told = {**found.counts, "model": found.residue.model.version if found.residue else ""}
    (partial / "summary.json").write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    _put_in_place(partial, folder / name)
    return told


def _put_in_place(partial: Path, place: Path) -> None:
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    partial.rename(place)
    shutil.rmtree(old, ignore_errors=True)
    handle = os.open(place.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _write_matches(found: Matching, path: Path) -> None:
    """Shape: one row per identity and candidate: how it is written, whom it may mean, share, band, way, waterfall."""
    con = found.con
    assert con is not None
    steps = waterfall.as_sql(found.residue.comparisons) if found.residue else "null"
    con.execute(
        "copy (select i.name, i.id_number as written_id, s.row_r as person_key,"
        f" round(s.share, 6) as probability, s.band, s.way, {steps} as waterfall"
        " from settled s join identities i on i.row = s.row_l"
        f" union all select o.name, split_part(written, '{SEPARATOR}', 2), h.person_key, null, 'linked',"
        " 'of_household', null from of_household h join other_names o using (written)"
        f" order by name, written_id, probability desc) to {quoted(str(path))} (format parquet, compression zstd)"
    )


def _doubtful_rows(found: Matching, register: Path) -> Iterator[list[Any]]:
    """Doubtful candidates, the identities with the largest effect and the strongest doubt first."""
    con, residue = found.con, found.residue
    if con is None or residue is None:
        return
    members = parquet(register / "members.parquet")
    homes = parquet(register / "households.parquet")
    answer = con.execute(
        "with doubts as (from settled where band = 'doubtful'), effects as (select written, count(*) as n,"
        " sum(amount) / 100.0 as amount, string_agg(distinct dataset, '、' order by dataset) as datasets from rows"
        " where household_no is null group by all),"
        f" persons as (select id_key(m.id_number) as person_key, m.* from {members} m"
        " where id_key(m.id_number) in (select row_r from doubts)),"
        " known as (select person_key, arg_max(struct_pack(person_id := person_id, name := name,"
        " id_number := id_number, sex := sex, birth_date := birth_date, household_id := household_id),"
        " coalesce(since, date '1900-01-01')) as p"
        " from persons group by 1)"
        " select d.*, i.name as written_name, i.id_number as written_id, e.n, e.amount, e.datasets, k.p as person,"
        " h.area_code, f.fingerprint, c.fingerprint is not null as is_contradictory,"
        f" (e.amount + {_OF_A_ROW} * e.n) * (1.05 - abs(2 * max(d.share) over (partition by d.row_l) - 1)) as effect"
        " from doubts d join identities i on i.row = d.row_l join fingerprints f on f.row = d.row_l"
        " join effects e on e.written = i.written"
        f" left join known k on k.person_key = d.row_r left join {homes} h on h.household_id = k.p.household_id"
        " left join contradictory c on c.fingerprint = f.fingerprint"
        f" order by effect desc, d.row_l, d.place limit {MOST_ROWS}"
    )
    names = [column[0] for column in answer.description]
    number, last = 0, None
    for values in answer.fetchall():
        pair = dict(zip(names, values, strict=True))
        number, last = number + (pair["row_l"] != last), pair["row_l"]
        yield _row(number, pair, waterfall.in_words(residue.comparisons, pair))


def _row(number: int, pair: dict[str, Any], words: str) -> list[Any]:
    person = pair["person"] or {}
    shown = [person.get(key) for key in ("name", "id_number", "sex", "birth_date", "household_id")]
    return [
        number, None, None, _CONTRADICTORY if pair["is_contradictory"] else None, round(pair["share"], 3), words,
        pair["n"], float(pair["amount"] or 0), _in_chinese(pair["datasets"]), pair["written_name"], pair["written_id"],
        *(None if value is None else str(value) for value in (*shown, pair["area_code"])), pair["fingerprint"],
        person.get("person_id"),
    ]  # fmt: skip


def _in_chinese(codes: str) -> str:
    return "、".join(CATALOGUE[code].zh for code in codes.split("、"))


def _write_workbook(rows: Iterator[list[Any]], path: Path) -> None:
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    with xlsxwriter.Workbook(str(path), options | {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet(SHEET)
        bold = book.add_format({"bold": True, "bg_color": "#EFEFEF"})
        sheet.freeze_panes(1, 3)
        for place, width in enumerate((6, 8, 10, 16, 8, 50, 6, 12, 24, 12, 22, 12, 22, 6, 12, 18, 14, 10, 14)):
            sheet.set_column(place, place, width)
        last = 0
        for last, row in enumerate([list(HEADS), *rows]):
            for place, value in enumerate(row):
                if value is not None:
                    sheet.write(last, place, value, *([bold] if last == 0 else []))
        allowed = {"validate": "list", "source": [verdict.value for verdict in Verdict]}
        sheet.data_validation(1, 1, max(last, 1), 1, allowed)
