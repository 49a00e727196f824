"""Door B: what visits found leaves as one more extract of the city, for the next screening to read."""

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.models import VisitFinding
from shouwang.office.registry.leaving import corrections, month_of
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month

SOURCE = "守望入户"
"""Who says so, in the column `source`: rows of ours are told from those of others by it."""
SCHEMA = pa.schema(
    [
        ("household_id", pa.string()),
        ("fact", pa.string()),
        ("value", pa.string()),
        ("as_of", pa.date32()),
        ("recorded_on", pa.date32()),
        ("source", pa.string()),
    ]
)
CHUNK = 5_000


@transaction.atomic
def write_visits(city: Path, month: str, *, by: Actor) -> Path:
    """Write CITY/extracts/visits/<month>.parquet: what was verified in that month, at the door or at a desk.

    Shape: one row per household, fact and visit. Repeatable: our rows are written anew, rows of others stay. Amounts in
    元.
    """
    wanted = month_of(month)
    target = city / "extracts" / "visits" / f"{wanted}.parquet"
    if not (city / "extracts").is_dir():
        raise UserError(_("这个文件夹不是一座城的数据"), _("给有 registry 和 extracts 的文件夹"))
    kept = _rows_of_others(target)
    ours = pa.Table.from_pylist([{**row, "source": SOURCE} for row in _found(wanted)], schema=SCHEMA)
    _replace(target, pa.concat_tables([kept, ours]))
    record(
        Verb.EXPORTED,
        by=by,
        subject=("visits", str(wanted)),
        area_code=by.area_code,
        after={"rows": ours.num_rows},
    )
    return target


def _rows_of_others(target: Path) -> pa.Table:
    if not target.is_file():
        return SCHEMA.empty_table()
    table = pq.read_table(target).select(SCHEMA.names).cast(SCHEMA)
    return table.filter(pc.field("source") != SOURCE) if table.num_rows else table


def _found(month: Month) -> Iterator[dict[str, object]]:
    rows = VisitFinding.objects.filter(recorded_on__gte=month.first, recorded_on__lte=month.last)
    columns = ("household_id", "fact", "value", "as_of", "recorded_on")
    for row in rows.order_by("recorded_on", "household_id", "id").values(*columns).iterator(CHUNK):
        yield dict(row)
    yield from corrections(str(month))


def _replace(target: Path, table: pa.Table) -> None:
    """A file of a scratch name and one rename: a reader finds the old one or the new one, never half of one."""
    target.parent.mkdir(parents=True, exist_ok=True)
    scratch = target.with_name(f".{target.name}.part")
    pq.write_table(table, scratch)
    scratch.chmod(0o600)
    scratch.replace(target)
