"""What a run says in words and figures: summary, warnings for people, the policy and the manifest."""

import json
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.csv as pa_csv
from ibis import Table, Value

from shouwang.areas import AreaCode, AreaTree
from shouwang.rules.policy import Policy
from shouwang.screening.engine import DuckDB
from shouwang.screening.linkage import NO_ROWS, Tally
from shouwang.terms.errors import UserError
from shouwang.terms.level import Level

STANDINGS = (*(str(int(level)) for level in Level), "unverified", "unassessed")
"""Every household stands in exactly one of these."""


def write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, sort_keys=False) + "\n", encoding="utf-8")


def standing(verdicts: Table) -> Value:
    """Which of `STANDINGS` each household has."""
    return verdicts.level.cast("string").fill_null(verdicts.status)


def levels_by(db: DuckDB, verdicts: Table, group: Value) -> dict[str, dict[str, dict[str, int]]]:
    """Group → standing → households and people (members known)."""
    table = verdicts.select(group=group, standing=standing(verdicts), members=verdicts.members)
    counted = table.group_by("group", "standing").agg(
        households=lambda t: t.count(), people=lambda t: t.members.sum().fill_null(0).cast("int64")
    )
    found: dict[str, dict[str, dict[str, int]]] = {}
    for row in db.fetch(counted.order_by("group", "standing")).to_pylist():
        place = found.setdefault(row["group"] or "?", {s: {"households": 0, "people": 0} for s in STANDINGS})
        place[row["standing"]] = {"households": row["households"], "people": row["people"]}
    return found


def summary(
    db: DuckDB,
    verdicts: Table,
    tallies: dict[str, Tally],
    changes: dict[str, int | None],
    undelivered: dict[str, list[str]],
) -> dict[str, Any]:
    """The contract's summary, and beside it the same by county, by register and by dataset."""
    everyone = levels_by(db, verdicts, ibis.literal("all")).get("all")
    rows = sum(tallies.values(), NO_ROWS)
    return {
        "levels": everyone or {s: {"households": 0, "people": 0} for s in STANDINGS},
        "rows": vars(rows),
        "changes": changes,
        "counties": levels_by(db, verdicts, verdicts.area_code.substr(0, 6)),
        "registers": levels_by(db, verdicts, verdicts.register.fill_null("unknown")),
        "datasets": {code: vars(tally) for code, tally in tallies.items()},
        "undelivered": undelivered,
    }


def area_words(tree: AreaTree, codes: list[str]) -> pa.Table:
    """area_code → names of county, town and village; a code nobody knows has none."""
    rows = {"area_code": codes, "county": [], "town": [], "village": []}
    for code in codes:
        names = _names(tree, code)
        for level, name in zip(("county", "town", "village"), names, strict=True):
            rows[level].append(name)
    return pa.table({name: pa.array(values, pa.string()) for name, values in rows.items()})


def _names(tree: AreaTree, code: str) -> tuple[str, str, str]:
    try:
        area = AreaCode(code)
        return tree.get(area.county).name, tree.get(area.town).name, tree.get(area).name
    except (UserError, ValueError):
        return "", "", ""


def write_warnings(db: DuckDB, verdicts: Table, sentences: Table, policy: Policy, tree: AreaTree, path: Path) -> int:
    """Ⅰ–Ⅳ and to-verify households for people to read, most urgent first. Returns how many."""
    told = verdicts.inner_join(sentences.select("household_id", "sentence"), "household_id")
    codes = db.fetch(told.select("area_code").distinct().order_by("area_code")).column(0).to_pylist()
    named = told.left_join(db.from_arrow(area_words(tree, codes)), "area_code")
    table = named.select(
        户编号=named.household_id,
        县=named.county,
        乡镇=named.town,
        村=named.village,
        户类型=_words(named.register, {k: v[0] for k, v in policy.vocabulary["register"].options.items()}),
        人口=named.members,
        级别=_words(named.level, {int(lv): lv.numeral for lv in Level}).fill_null("待核实"),
        含义=_words(named.level, {lv: names[0] for lv, names in policy.level_names.items()}).fill_null(""),
        国家监测类型=named.national_type.fill_null(""),
        理由=named.sentence,
        帮扶方式=_words(named.level, {lv: names[0] for lv, names in policy.measures.items()}).fill_null(""),
        资产问题=named.asset_flags.fill_null([]).join("、"),
    )
    ordered = db.fetch(
        table.order_by([table.级别 == "待核实", table.级别, table.县, table.乡镇, table.村, table.户编号])
    )
    with path.open("wb") as stream:
        stream.write("\ufeff".encode())
        pa_csv.write_csv(ordered, stream)
    return int(ordered.num_rows)


def _words(value: Value, words: dict[Any, str]) -> Value:
    return value.cases(*words.items(), else_=ibis.null("string"))
