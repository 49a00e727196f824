"""`shouwang backup`: the whole office in one file, while people go on working."""

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from shouwang.cli.office import at_the_machine, open_tables
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import UserError

FORMAT = 1
MANIFEST = "manifest.json"
SQLITE = "office.sqlite3"
TABLES = "tables/"
FILES = "files/"
PROBE = "守望"
CHUNK = 1 << 20
LEFT_OUT = ("django_migrations", "django_session")
"""The first is written anew by the migrations of a restore; whoever is signed in signs in again."""


def backup(file: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里，.zip where to write")]) -> None:
    """备份数据库和交来的文件，服务不用停；密钥不在里面，另外保管。

    Back up database and files while serving; keep the keys elsewhere.

    例 Example：shouwang backup 2020-07-06.zip
    """
    open_tables()
    from shouwang.office.audit.actions.recording import record
    from shouwang.office.audit.verbs import Verb

    if file.exists():
        raise UserError(f"{file} 已经有了", "换一个文件名")
    if not file.resolve().parent.is_dir():
        raise UserError(f"{file.parent} 不存在", "先建好文件夹")
    record(Verb.EXPORTED, by=at_the_machine(), subject=("backup", ""), after={"file": file.name})
    told = write(file)
    say(results(), f"{file}：{len(told['members']):,} 个成员，{file.stat().st_size / 1e6:,.1f} MB")
    numbers = "、".join(str(number) for number in told["keys"])
    say(results(), f"密钥不在备份里：另外保管第 {numbers} 号字段密钥、索引密钥和签名密钥，没有它们解不开")


def write(file: Path) -> dict[str, Any]:
    """Write the backup beside its place and rename it: it is there whole or not at all. Returns its manifest."""
    from django.db import connection

    scratch = file.with_name(f".{file.name}.part")
    snapshot = file.with_name(f".{file.name}.snapshot")
    try:
        with zipfile.ZipFile(scratch, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            tables = _sqlite(archive, snapshot) if connection.vendor == "sqlite" else _postgresql(archive)
            members = dict(tables)
            members.update(_handed_in(archive))
            manifest = _manifest(members)
            archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))
        scratch.replace(file)
        return manifest
    finally:
        scratch.unlink(missing_ok=True)
        snapshot.unlink(missing_ok=True)


def _manifest(members: dict[str, str]) -> dict[str, Any]:
    """The probe tells a restore under other keys before it has written anything."""
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    from shouwang import __version__
    from shouwang.office.privacy.blind import blind_index
    from shouwang.office.privacy.keys import keyring
    from shouwang.office.privacy.sealed_text import encrypt

    return {
        "format": FORMAT,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "database": connection.vendor,
        "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
        "keys": sorted(keyring().ciphers),
        "probe": base64.b64encode(encrypt(PROBE, field="backup")).decode(),
        "index_probe": blind_index("backup", PROBE),
        "members": members,
    }


def _sqlite(archive: zipfile.ZipFile, snapshot: Path) -> Iterator[tuple[str, str]]:
    """SQLite's own backup: one consistent state, and nobody waits."""
    import sqlite3

    from django.db import connection

    snapshot.unlink(missing_ok=True)
    connection.ensure_connection()
    try:
        target = sqlite3.connect(snapshot)
        try:
            connection.connection.backup(target)
            target.execute("DELETE FROM django_session")
            target.commit()
        finally:
            target.close()
    except sqlite3.OperationalError as error:
        raise UserError(f"备份写不下去：{error}", "腾出空间再运行一次") from None
    with snapshot.open("rb") as source:
        yield SQLITE, _add(archive, SQLITE, iter(lambda: source.read(CHUNK), b""))


def _postgresql(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Every table as COPY text out of one transaction that sees one moment; no program of PostgreSQL is needed."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        quote = connection.ops.quote_name
        for table in sorted(set(connection.introspection.table_names(cursor)) - set(LEFT_OUT)):
            columns = [column.name for column in connection.introspection.get_table_description(cursor, table)]
            names = ", ".join(quote(column) for column in columns)
            with cursor.copy(f"COPY {quote(table)} ({names}) TO STDOUT") as rows:
                heading = json.dumps(columns).encode() + b"\n"
                name = f"{TABLES}{table}"
                yield name, _add(archive, name, _with(heading, rows))


def _with(heading: bytes, rows: Iterable[Any]) -> Iterator[bytes]:
    yield heading
    yield from (bytes(row) for row in rows)


def _handed_in(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    from django.conf import settings

    root = Path(settings.MEDIA_ROOT)
    for path in sorted(path for path in root.rglob("*") if path.is_file()):
        name = FILES + path.relative_to(root).as_posix()
        with path.open("rb") as source:
            yield name, _add(archive, name, iter(lambda source=source: source.read(CHUNK), b""))


def _add(archive: zipfile.ZipFile, name: str, parts: Iterable[bytes]) -> str:
    """Write one member as it comes. Returns its sha256."""
    digest = hashlib.sha256()
    with archive.open(name, "w", force_zip64=True) as out:
        for part in parts:
            digest.update(part)
            out.write(part)
    return digest.hexdigest()


@contextmanager
def opened(file: Path) -> Iterator[tuple[zipfile.ZipFile, dict[str, Any]]]:
    """A backup that has been proven whole. Errors: `UserError` where it is none, or was cut or changed."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = json.loads(archive.read(MANIFEST))
            if manifest["format"] != FORMAT:
                raise UserError(f"{file.name} 的格式是 {manifest['format']}，这个版本读 {FORMAT}", "用写它的版本恢复")
            for name, digest in manifest["members"].items():
                with archive.open(name) as member:
                    if hashlib.file_digest(member, "sha256").hexdigest() != digest:  # type: ignore[arg-type]
                        raise UserError(f"{file.name} 里的 {name} 被改过", "用另一份备份")
            yield archive, manifest
    except FileNotFoundError:
        raise UserError(f"没有文件 {file}", "给出 shouwang backup 写的文件") from None
    except (zipfile.BadZipFile, KeyError, ValueError):
        raise UserError(f"{file.name} 不是完整的备份", "用另一份备份") from None
