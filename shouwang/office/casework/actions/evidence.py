"""Keeping a file that proves a step: what it is, its first bytes say."""

import hashlib
import uuid
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
from shouwang.office.casework.models import Evidence
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


@transaction.atomic
def keep(case_id: int, *, kind: str, file: UploadedFile, by: Actor, on: date) -> Evidence:
    """Keep a photo or a PDF under a name of ours; the same file again is kept once."""
    if Permission.CASES_WORK not in ROLES[by.role].permissions:
        raise UserError(_("您的角色不能加附件"), _("请村里或乡镇加"))
    case = hold(case_id, by=by)
    if kind not in Evidence.Kind.values or (file.size or 0) > LIMIT_BYTES:
        raise UserError(_("附件太大，或没有选种类"), _("选种类，每个附件不超过 10 MB"))
    content = file.read()
    found = kind_of(content)
    if found is None:
        raise UserError(_("这个附件不是照片也不是 PDF"), _("交 JPG、PNG 照片，或 PDF"))
    digest = hashlib.sha256(content).hexdigest()
    earlier = Evidence.objects.filter(case=case, kind=kind, sha256=digest).first()
    if earlier:
        return earlier
    media, ending = found
    row = Evidence(
        case=case,
        kind=kind,
        on=on,
        media_type=media,
        size_bytes=len(content),
        sha256=digest,
        added_by=by.user_id,
        added_by_name=by.name,
    )
    row.file.save(f"{uuid.uuid4().hex}.{ending}", ContentFile(content), save=False)
    row.save()
    record(
        Verb.CREATED,
        by=by,
        subject=("evidence", str(row.pk)),
        household_id=case.household_id,
        area_code=case.area_code,
        after={"kind": kind, "sha256": digest},
    )
    return row
