"""A judged file is kept as delivered, with its record and its reply; an accepted one is put in its place."""

import re
import shutil
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.screening.engine import DuckDB
from shouwang.screening.receiving import store
from shouwang.screening.receiving.judging import Judged
from shouwang.screening.receiving.reply import REPLY, write_reply
from shouwang.screening.receiving.verdict import ACCEPTED, REFUSED, Verdict

_NUMBERS = re.compile(r"[0-9Xx]{6,}")


@dataclass(frozen=True)
class Handed:
    """A file as somebody handed it in."""

    file: Path
    received_on: date
    by: str


def keep(city: Path, db: DuckDB, judged: Judged, handed: Handed) -> Verdict:
    """Keep it, put it in its place where it is accepted, and tell. A refused file is kept once."""
    sha256 = store.sha256_of(handed.file)
    verdict = _verdict(judged, handed.file)
    dataset, month = verdict.dataset or store.UNRECOGNISED, verdict.month or store.UNDATED
    before = [one for one in store.kept(city, dataset, month) if one.record["sha256"] == sha256]
    if verdict.status == REFUSED and before and before[-1].record["status"] == REFUSED:
        return _told(verdict, city, before[-1].folder)
    asked = (*_same_elsewhere(city, dataset, month, sha256), *_beside_the_former(city, verdict))
    verdict = replace(verdict, warnings=(*verdict.warnings, *asked))
    with store.delivery(city, dataset, month, sha256=sha256) as (beside, folder):
        store.keep_file(beside, handed.file)
        if judged.merged:
            shutil.copyfile(judged.merged[1], store.month_file(beside))
        if judged.checked and (judged.checked.bad is not None or judged.checked.no_rows):
            write_reply(beside / REPLY, db, judged.checked, verdict, people=judged.people)
        store.write_record(beside, _record(verdict, judged, handed, sha256))
    return _placed(city, _told(verdict, city, folder), folder)


def _placed(city: Path, verdict: Verdict, folder: Path) -> Verdict:
    if verdict.status != ACCEPTED:
        return verdict
    replaced = store.place(city, store.read(folder))
    return replace(verdict, placed=str(store.read(folder).record["placed"]), replaced=replaced)


def _told(verdict: Verdict, city: Path, folder: Path) -> Verdict:
    reply = folder / REPLY
    return replace(verdict, kept=folder.relative_to(city).as_posix(), reply=reply if reply.is_file() else None)


def _verdict(judged: Judged, file: Path) -> Verdict:
    understanding, checked = judged.understanding, judged.checked
    verdict = Verdict(file.name, ACCEPTED if judged.is_accepted else REFUSED, faults=judged.faults)
    if judged.opened:
        repairs = tuple(repair.said for repair in judged.opened.repairs)
        verdict = replace(verdict, repairs=repairs, sheet=judged.opened.sheet)
    if understanding:
        verdict = replace(
            verdict,
            month=str(understanding.month or ""),
            month_from=understanding.month_from,
            columns=understanding.columns,
            unread=understanding.unread,
            proposals=understanding.proposals,
        )
    if understanding and understanding.dataset:
        dataset = understanding.dataset
        verdict = replace(verdict, dataset=dataset.code, zh=dataset.zh, office=dataset.office)
    if judged.merged:
        verdict = replace(verdict, merged=judged.merged[0])
    if checked:
        verdict = replace(verdict, counts=checked.counts, cell_faults=checked.faults, warnings=judged.warnings)
    return verdict


def _record(verdict: Verdict, judged: Judged, handed: Handed, sha256: str) -> dict[str, Any]:
    return {
        "status": verdict.status,
        "sha256": sha256,
        "bytes": handed.file.stat().st_size,
        "delivered_as": _harmless(handed.file.name),
        "received_on": str(handed.received_on),
        "by": handed.by,
        "dataset": verdict.dataset,
        "month": verdict.month,
        "month_from": verdict.month_from,
        "sheet": verdict.sheet,
        "repairs": list(verdict.repairs),
        "columns": [asdict(column) for column in verdict.columns],
        "unread": list(verdict.unread),
        "counts": asdict(verdict.counts) if verdict.counts else None,
        "cell_faults": [asdict(fault) for fault in verdict.cell_faults],
        "faults": [{"found": fault.found, "cure": fault.cure} for fault in verdict.faults],
        "warnings": list(verdict.warnings),
        "profile": judged.profile,
        "merged": asdict(verdict.merged) if verdict.merged else None,
        "month_sha256": store.sha256_of(judged.merged[1]) if judged.merged else sha256,
        "placed": "",
    }


def _harmless(name: str) -> str:
    """A file's name without numbers long enough to be somebody's."""
    return _NUMBERS.sub("…", name)


def _same_elsewhere(city: Path, dataset: str, month: str, sha256: str) -> list[str]:
    """The same bytes stand for another month: likely last month's file once more."""
    months = sorted(
        folder.name
        for folder in (city / store.DELIVERIES / dataset).glob("*")
        if folder.name != month
        and (one := store.current(city, dataset, folder.name))
        and one.record["sha256"] == sha256
    )
    return [f"与 {'、'.join(months)} 交的文件完全相同，是否交错了月份？"] if months else []


def _beside_the_former(city: Path, verdict: Verdict) -> list[str]:
    """What a whole month takes the place of: a correction is seldom shorter, and a county's rows go with it."""
    one = store.current(city, verdict.dataset, verdict.month) if verdict.status == ACCEPTED else None
    if one is None or verdict.counts is None or verdict.merged:
        return []
    merged = one.record.get("merged")
    before = merged["taken"] + merged["kept"] if merged else one.record["counts"]["read"]
    asked = []
    if verdict.counts.read < before:
        asked.append(f"比它替换的那一份行数少（{before:,} → {verdict.counts.read:,}），是否以这一份为准？")
    if merged:
        asked.append(f"这个月已并入 {merged['area']} 交的 {merged['taken']:,} 行，这一份会取代它们，是否已经包含？")
    return asked
