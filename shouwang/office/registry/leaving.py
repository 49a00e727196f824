"""Door B: the register of a month leaves as files, exactly as the screening reads a register."""

import hashlib
import json
import shutil
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.registry.models import FactChange, Household, Membership
from shouwang.screening.intake.folder import published
from shouwang.screening.intake.folding import quoted
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month

Step = Callable[[str, float | None], None]
CHUNK = 20_000
_TEXT, _DAY, _YUAN = pa.string(), pa.date32(), pa.decimal128(18, 2)
HOUSEHOLDS = {
    "household_id": ("pk", _TEXT), "area_code": ("area_code", _TEXT), "register": ("register", _TEXT),
    "exit_year": ("exit_year", pa.int32()), "hukou": ("hukou", _TEXT), "head_person_id": ("head_id", _TEXT),
    "phone": ("phone", _TEXT), "hamlet": ("hamlet", _TEXT),
}  # fmt: skip
"""Column of the file → where the office has it, and its type."""
MEMBERS = {
    "person_id": ("person_id", _TEXT), "household_id": ("household_id", _TEXT), "name": ("person__name", _TEXT),
    "id_number": ("person__id_number", _TEXT), "relation": ("relation", _TEXT), "sex": ("person__sex", _TEXT),
    "birth_date": ("person__birth_date", _DAY), "ethnic": ("person__ethnic", _TEXT),
    "education": ("person__education", _TEXT), "in_school": ("person__in_school", _TEXT),
    "health": ("person__health", _TEXT), "labour": ("person__labour", _TEXT), "since": ("since", _DAY),
    "until": ("until", _DAY),
}  # fmt: skip
INCOMES = pa.schema(
    [("household_id", _TEXT), ("window_from", _DAY), ("window_to", _DAY)]
    + [(name, _YUAN) for name in ("wage", "business", "property", "transfer", "business_cost")]
    + [("collected_on", _DAY), ("source", _TEXT)]
)
VISITS = "visits "
WRITER = "office"


def write_register(city: Path, month: str, *, by: Actor, step: Step = lambda *_: None) -> Path:
    """Write CITY/registry/<month> from the office as of the month's last day: whole, or not at all.

    Incomes are those of the register before, of households there still are: what visits found of incomes leaves with
    the visits. A month the office wrote is written anew. Errors: `UserError` where somebody else wrote the month, or it
    cannot be read, or CITY is no city.
    """
    wanted = month_of(month)
    target = city / "registry" / str(wanted)
    if not (city / "registry").is_dir():
        raise UserError(_("这个文件夹不是一座城的数据"), _("给有 registry 和 extracts 的文件夹"))
    with _in_place_of(target), published(target) as folder, transaction.atomic():
        _steady()
        rows = {"households.parquet": _households(folder, wanted.last, step)}
        rows["members.parquet"] = _members(folder, wanted.last, step)
        rows["incomes.parquet"] = _incomes(folder, _before(city, wanted))
        _manifest(folder, wanted, rows)
        record(Verb.EXPORTED, by=by, subject=("register", str(wanted)), area_code=by.area_code, after={"rows": rows})
    step("登记册写好", 1.0)
    return target


@contextmanager
def _in_place_of(target: Path) -> Iterator[None]:
    """Our own earlier register of the month makes room, and comes back where nothing takes its place."""
    if not target.exists():
        yield
        return
    if not _is_ours(target):
        raise UserError(
            _("%(month)s 的登记册已经有了，不是守望写的") % {"month": target.name},
            _("要重写的，先把那个文件夹移走；已用它算过的筛查不受影响"),
        )
    aside = target.with_name(f".{target.name}.before-{uuid.uuid4().hex}")
    target.rename(aside)
    try:
        yield
    except BaseException:
        aside.rename(target)
        raise
    shutil.rmtree(aside, ignore_errors=True)


def _is_ours(target: Path) -> bool:
    try:
        told = json.loads((target / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("written_by") == WRITER


def corrections(month: str) -> Iterator[dict[str, Any]]:
    """What people verified outside visits in a month, in the columns of the dataset `visits`, without `source`."""
    wanted = month_of(month)
    found = FactChange.objects.filter(
        is_verified=True, value__isnull=False, recorded_at__date__gte=wanted.first, recorded_at__date__lte=wanted.last
    ).exclude(source__startswith=VISITS)
    for row in found.order_by("id").iterator(CHUNK):
        yield {
            "household_id": row.household_id,
            "fact": row.fact,
            "value": row.value,
            "as_of": row.as_of,
            "recorded_on": row.recorded_at.date(),
        }


def month_of(text: str) -> Month:
    """The month somebody wrote as 2020-06. Errors: `UserError` for anything else."""
    try:
        return Month.parse(text)
    except ValueError:
        raise UserError(_("月份看不懂"), _("写作 2020-06")) from None


def _steady() -> None:
    """All tables as of one moment, though others write meanwhile; SQLite has that by itself."""
    if connection.vendor == "postgresql" and not connection.savepoint_ids:
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _open_on(last_day: date, prefix: str = "") -> Q:
    return Q(**{f"{prefix}closed_on": None}) | Q(**{f"{prefix}closed_on__gt": last_day})


def _households(folder: Path, last_day: date, step: Step) -> int:
    rows = Household.objects.filter(_open_on(last_day)).order_by("pk")
    return _write(folder / "households.parquet", HOUSEHOLDS, rows, lambda n: step(f"写 {n:,} 户", 0.3))


def _members(folder: Path, last_day: date, step: Step) -> int:
    """Stays that began by then; one that ends later is open: the month cannot know it."""
    rows = (
        Membership.objects.filter(Q(since=None) | Q(since__lte=last_day))
        .filter(_open_on(last_day, "household__"))
        .order_by("household_id", "id")
    )

    def known(values: dict[str, list[Any]]) -> None:
        values["until"] = [day if day and day <= last_day else None for day in values["until"]]

    return _write(folder / "members.parquet", MEMBERS, rows, lambda n: step(f"写 {n:,} 人", 0.7), known)


def _write(
    path: Path,
    columns: dict[str, tuple[str, pa.DataType]],
    rows: Any,
    step: Callable[[int], None],
    mend: Callable[[dict[str, list[Any]]], None] = lambda values: None,
) -> int:
    """Stream rows into Parquet; an empty text is unknown."""
    schema = pa.schema([(name, kind) for name, (_field, kind) in columns.items()])
    stream = rows.values_list(*(field for field, _kind in columns.values())).iterator(CHUNK)
    count = 0
    with pq.ParquetWriter(path, schema, compression="zstd") as writer:
        while batch := [row for _n, row in zip(range(CHUNK), stream, strict=False)]:
            values = dict(zip(columns, map(list, zip(*batch, strict=True)), strict=True))
            mend(values)
            plain = [[None if value == "" else value for value in values[name]] for name in columns]
            writer.write_table(pa.table(plain, schema=schema))
            count += len(batch)
            step(count)
    return count


def _before(city: Path, month: Month) -> Path | None:
    """The newest register before this month."""
    folders = sorted(path for path in (city / "registry").iterdir() if path.is_dir() and path.name < str(month))
    months = [path for path in folders if (path / "incomes.parquet").is_file() and not path.name.startswith(".")]
    return months[-1] / "incomes.parquet" if months else None


def _incomes(folder: Path, before: Path | None) -> int:
    target = folder / "incomes.parquet"
    if before is None:
        pq.write_table(INCOMES.empty_table(), target)
        return 0
    here = quoted(str(folder / "households.parquet"))
    with duckdb.connect(config={"memory_limit": "1GB"}) as con:
        con.execute(
            f"COPY (FROM {quoted(str(before))} WHERE household_id IN (SELECT household_id FROM {here}))"
            f" TO {quoted(str(target))} (FORMAT parquet, COMPRESSION zstd)"
        )
    return pq.read_metadata(target).num_rows


def _manifest(folder: Path, month: Month, rows: dict[str, int]) -> None:
    files = {}
    for name, count in rows.items():
        with (folder / name).open("rb") as stream:
            files[name] = {"rows": count, "sha256": hashlib.file_digest(stream, "sha256").hexdigest()}
    told = {"month": str(month), "as_of": str(month.last), "written_by": WRITER, "files": files}
    text = json.dumps(told, ensure_ascii=False, indent=2) + "\n"
    (folder / "manifest.json").write_text(text, encoding="utf-8")
