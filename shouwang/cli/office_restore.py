"""`shouwang restore`: a backup into an empty database, all or nothing."""

import base64
import json
import os
import shutil
import zipfile
from pathlib import Path
from typing import Annotated, Any

import typer

from shouwang.cli.office import at_the_machine, open_office, pending
from shouwang.cli.office_backup import CHUNK, FILES, PROBE, SQLITE, TABLES, opened
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import ProgrammingError, UserError

EMPTY = "换一个空的 SHOUWANG_HOME，或在 DATABASE_URL 里换一个空的数据库"


def restore(file: Annotated[Path, typer.Argument(metavar="FILE", help="备份 the backup")]) -> None:
    """把备份恢复到空的数据库；先放回密钥文件。

    Restore a backup into an empty database; put the keys back first.

    例 Example：shouwang restore 2020-07-06.zip
    """
    open_office()
    from django.db import transaction

    from shouwang.office.audit.actions.recording import record
    from shouwang.office.audit.verbs import Verb

    _refuse_unless_empty()
    with opened(file) as (archive, manifest):
        _refuse_other_keys(manifest)
        read(archive, manifest)
    after = {"file": file.name, "made_at": manifest["made_at"]}
    with transaction.atomic():
        record(Verb.LOADED, by=at_the_machine(), subject=("backup", ""), after=after)
    say(results(), f"已恢复 {manifest['made_at']} 的备份，{len(manifest['members']):,} 个成员都核对过")
    if waiting := pending():
        say(results(), f"备份来自较早的版本，还差 {waiting} 步升级：运行 shouwang serve --migrate")


def read(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Files first, the database last: only with it the office is there, and until then all can be done again."""
    from django.db import connection

    if manifest["database"] != connection.vendor:
        wanted = "不设 DATABASE_URL" if manifest["database"] == "sqlite" else "用 DATABASE_URL 指一个空的 PostgreSQL"
        raise UserError(f"备份是 {manifest['database']} 的，这里是 {connection.vendor}", wanted)
    _files(archive, manifest)
    if connection.vendor == "sqlite":
        _sqlite(archive)
    else:
        _postgresql(archive, manifest)


def _refuse_unless_empty() -> None:
    from django.db import OperationalError, connection

    try:
        tables = connection.introspection.table_names()
    except OperationalError:
        raise UserError("数据库连不上", "看数据库是否在运行，DATABASE_URL 是否对") from None
    if tables:
        raise UserError(f"数据库里已有 {len(tables)} 张表，不会覆盖", EMPTY)


def _refuse_other_keys(manifest: dict[str, Any]) -> None:
    from shouwang.office.privacy.blind import blind_index
    from shouwang.office.privacy.sealed_text import decrypt

    cure = "先把备份那天的密钥放回来；见 docs/office/privacy.md"
    try:
        decrypt(base64.b64decode(manifest["probe"]), field="backup")
    except ProgrammingError:
        raise UserError("这里的字段密钥解不开这份备份", cure) from None
    if blind_index("backup", PROBE) != manifest["index_probe"]:
        raise UserError("这里的索引密钥不是备份所用的", cure)


def _files(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    from django.conf import settings

    root = Path(settings.MEDIA_ROOT).resolve()
    for name in (name for name in manifest["members"] if name.startswith(FILES)):
        target = (root / name.removeprefix(FILES)).resolve()
        if not target.is_relative_to(root):
            raise UserError(f"备份里的 {name} 想写到别处", "用另一份备份")
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _put(archive, name, target)


def _put(archive: zipfile.ZipFile, name: str, target: Path) -> None:
    scratch = target.with_name(f".{target.name}.part")
    try:
        with archive.open(name) as source, scratch.open("wb") as out:
            os.fchmod(out.fileno(), 0o600)
            shutil.copyfileobj(source, out, CHUNK)
            out.flush()
            os.fsync(out.fileno())
        scratch.replace(target)
    finally:
        scratch.unlink(missing_ok=True)


def _sqlite(archive: zipfile.ZipFile) -> None:
    from django.db import connection

    path = Path(connection.settings_dict["NAME"])
    connection.close()
    for rest in ("-wal", "-shm"):  # of the empty database that stood there
        path.with_name(path.name + rest).unlink(missing_ok=True)
    _put(archive, SQLITE, path)


def _postgresql(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
    """Tables as they were when the backup was made, and their rows, in one transaction."""
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    with transaction.atomic():
        executor = MigrationExecutor(connection)
        executor.migrate(_targets(executor.loader.graph, {tuple(key) for key in manifest["migrations"]}))
        with connection.cursor() as cursor:
            for name in (name for name in manifest["members"] if name.startswith(TABLES)):
                _table(archive, name, cursor)


def _targets(graph: Any, applied: set[Any]) -> list[Any]:
    """The last migration of every room in the backup."""
    if unknown := applied - set(graph.nodes):
        raise UserError(f"备份来自更新的版本：有 {len(unknown)} 步升级这里不认识", "用那个版本的守望恢复")
    followed = {parent for key in applied for parent in graph.nodes[key].dependencies if parent[0] == key[0]}
    return sorted(applied - followed)


def _table(archive: zipfile.ZipFile, name: str, cursor: Any) -> None:
    from django.db import connection

    quote, table = connection.ops.quote_name, name.removeprefix(TABLES)
    with archive.open(name) as source:
        columns = json.loads(source.readline())
        names = ", ".join(quote(column) for column in columns)
        with cursor.copy(f"COPY {quote(table)} ({names}) FROM STDIN") as rows:
            while part := source.read(CHUNK):
                rows.write(part)
    for sequence in connection.introspection.get_sequences(cursor, table):
        column = quote(sequence["column"])
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max({column}), 1), max({column}) IS NOT NULL)"
            f" FROM {quote(table)}",
            [quote(table), sequence["column"]],
        )
