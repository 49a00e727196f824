"""A department's file arrives: kept aside for its owner alone until it is received, then gone from there."""

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.actor import Actor
from shouwang.office.audit.verbs import Verb
from shouwang.office.deliveries.models import Delivery
from shouwang.office.web import jobs
from shouwang.terms.errors import UserError

KIND = "receive-file"
UPLOADS = "uploads"
NUMBERS = re.compile(r"[0-9Xx]{6,}")


@dataclass(frozen=True)
class File:
    """One file as it comes in: its name and its bytes in pieces."""

    name: str
    pieces: Iterable[bytes]


@dataclass(frozen=True)
class Said:
    """What the liaison says of the files; empty: the screening finds out."""

    department: str
    dataset: str = ""
    month: str = ""
    is_agreed: bool = False


def hand_in(files: Sequence[File], said: Said, *, home: Path, form_number: str, by: Actor, on: date) -> list[Delivery]:
    """Keep the files aside and start receiving each. The same form sent twice, even at once, hands in once.

    Errors: `UserError` where the disk is full, or the number of the form is of another area; then nothing is kept.
    """
    if before := _of_form(form_number, by=by):
        return before
    folder = home / UPLOADS / secrets.token_hex(12)
    try:
        with _all_or_nothing(folder), transaction.atomic():
            return [
                _kept(file, folder / str(number), said, form_number=f"{form_number}-{number}", by=by, on=on)
                for number, file in enumerate(files, start=1)
            ]
    except IntegrityError:
        if before := _of_form(form_number, by=by):
            return before
        raise UserError(_("这张表的编号已经用过"), _("重新打开“交文件”，再选一次文件")) from None


def _of_form(form_number: str, *, by: Actor) -> list[Delivery]:
    """What a form handed in before, of the own area alone: a number somebody made up must not tell of another's."""
    rows = Delivery.objects.filter(form_number__startswith=f"{form_number}-", area_code=by.area_code)
    return list(rows.order_by("id"))


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700, parents=True)
        yield
    except OSError:
        shutil.rmtree(folder, ignore_errors=True)
        raise UserError(_("存不下交来的文件"), _("磁盘可能满了：请管理员腾出空间，再交一次；什么都没有收下")) from None
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _kept(file: File, folder: Path, said: Said, *, form_number: str, by: Actor, on: date) -> Delivery:
    folder.mkdir(mode=0o700)
    path = folder / PurePath(file.name).name
    size, sha256 = _write(path, file.pieces)
    made = Delivery.objects.create(
        form_number=form_number,
        department=said.department,
        area_code=by.area_code,
        handed_by=by.user_id,
        handed_by_name=by.name,
        handed_on=on,
        file_name=harmless(path.name),
        bytes=size,
        sha256=sha256,
        claimed_dataset=said.dataset,
        claimed_month=said.month,
        is_agreed=said.is_agreed,
        upload=str(path),
    )
    record(
        Verb.CREATED,
        by=by,
        subject=("delivery", str(made.pk)),
        area_code=by.area_code,
        after={"sha256": sha256, "bytes": size, "department": said.department},
    )
    jobs.start(KIND, by=by, delivery=made.pk)
    return made


def _write(path: Path, pieces: Iterable[bytes]) -> tuple[int, str]:
    digest, size = hashlib.sha256(), 0
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        for piece in pieces:
            stream.write(piece)
            digest.update(piece)
            size += len(piece)
        stream.flush()
        os.fsync(stream.fileno())
    return size, digest.hexdigest()


def harmless(name: str) -> str:
    """A file's name without numbers long enough to be somebody's."""
    return NUMBERS.sub("…", name)[:200]
