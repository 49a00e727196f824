"""Keeping a file that proves a step, a measure or a payment: what it is, its first bytes say."""

import hashlib
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from shouwang.office.access.permissions import Permission
from shouwang.office.access.roles import ROLES
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.actions.moving import hold
from shouwang.office.casework.models import Case, Evidence, Measure, Payment
from shouwang.terms.errors import UserError

LIMIT_BYTES = 10 * 1024 * 1024
SIGNS: tuple[tuple[bytes, str, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg", "jpg"),
    (b"\x89PNG\r\n\x1a\n", "image/png", "png"),
    (b"%PDF-", "application/pdf", "pdf"),
)
"""First bytes, media type, ending."""


def kind_of(head: bytes) -> tuple[str, str] | None:
    """Media type and ending by the first bytes; None for anything else than a photo or a PDF."""
    return next(((media, ending) for sign, media, ending in SIGNS if head.startswith(sign)), None)


@dataclass(frozen=True)
class Proves:
    """What a file proves: a step of a case, a measure of its help, or a payment, for that measure or for a rescue."""

    case: Case
    kind: str
    measure: Measure | None = None
    payment: Payment | None = None


@transaction.atomic
def keep(case_id: int, *, kind: str, file: UploadedFile, by: Actor, on: date) -> Evidence:
    """Keep a photo or a PDF under a name of ours; the same file again is kept once."""
    may(Permission.CASES_WORK, by=by)
    row, _is_new = put(Proves(hold(case_id, by=by), kind), file, by=by, on=on)
    return row


def may(permission: Permission, *, by: Actor) -> None:
    """Errors: `UserError` for a role that adds no files here."""
    if permission not in ROLES[by.role].permissions:
        raise UserError(_("您的角色不能加附件"), _("请村里或乡镇加"))


def put(proves: Proves, file: UploadedFile, *, by: Actor, on: date) -> tuple[Evidence, bool]:
    """Write a file; tells whether it is new. The caller holds what it proves. Errors: `UserError`, nothing is kept."""
    if proves.kind not in Evidence.Kind.values:
        raise UserError(_("没有选附件的种类"), _("选种类再交一次"))
    if (file.size or 0) > LIMIT_BYTES:
        raise UserError(_("附件太大"), _("每个附件不超过 10 MB，拍小一些或分几份交"))
    content = file.read()
    found = kind_of(content)
    if found is None:
        raise UserError(_("这个附件不是照片也不是 PDF"), _("交 JPG、PNG 照片，或 PDF"))
    row = Evidence(
        case=proves.case,
        measure=proves.measure,
        payment=proves.payment,
        kind=proves.kind,
        on=on,
        media_type=found[0],
        size_bytes=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_by=by.user_id,
        added_by_name=by.name,
    )
    earlier = Evidence.objects.filter(
        case=row.case, kind=row.kind, measure=row.measure, payment=row.payment, sha256=row.sha256
    ).first()
    if earlier:
        return earlier, False
    with _file_of(row, f"{uuid.uuid4().hex}.{found[1]}", content):
        row.save()
        _noted(row, by=by)
    return row, True


@contextmanager
def _file_of(row: Evidence, name: str, content: bytes) -> Iterator[None]:
    """The file in its place for what the block writes of it; gone again where either finds no room."""
    path = row.file.field.generate_filename(row, name)
    try:
        row.file.save(name, ContentFile(content), save=False)
        yield
    except BaseException:
        row.file.storage.delete(path)
        raise


def _noted(row: Evidence, *, by: Actor) -> None:
    about = {"measure": row.measure_id, "payment": row.payment_id}
    record(
        Verb.CREATED,
        by=by,
        subject=("evidence", str(row.pk)),
        household_id=row.case.household_id,
        area_code=row.case.area_code,
        after={"kind": row.kind, "sha256": row.sha256, **{name: value for name, value in about.items() if value}},
    )
