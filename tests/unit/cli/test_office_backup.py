"""Backup and restore: a round trip on both databases, and nothing half-done however it ends."""

import json
import random
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import pytest

from shouwang.cli.office_restore import _targets
from shouwang.terms.errors import UserError
from tests.support.full_disk import NO_ROOM_IN_SQLITE, ROOM_FOR
from tests.support.postgres import Postgres
from tests.unit.cli.conftest import Screened
from tests.unit.cli.office import Office

SECRET = "530113199001018888"
FILL = f"""
from shouwang.office.registry.models import Person
from django.conf import settings
Person.objects.create(id="P00000000001", name="测试", name_key="测试", id_number="{SECRET}")
(settings.HOME / "files" / "paper").mkdir(parents=True)
(settings.HOME / "files" / "paper" / "a.bin").write_bytes(bytes(range(256)))
"""
READ = """
from shouwang.office.registry.models import Person
from shouwang.office.access.models import User
from shouwang.office.audit.models import Event
from django.conf import settings
print(Person.objects.get().id_number, User.objects.order_by("id")[0].username,
      (settings.HOME / "files/paper/a.bin").read_bytes() == bytes(range(256)), Event.objects.latest("id").verb)
"""
WHOLE = f"{SECRET} wang True loaded"
LOADED = """
from shouwang.office.audit.models import Event
from shouwang.office.registry.models import FactSheet, Household
print(Household.objects.count(), FactSheet.objects.count(), Event.objects.count())
"""
LARGE = 4_000_000
"""Larger than the database, and nothing to compress."""
TABLES = "from django.db import connection\nprint(connection.introspection.table_names())"
KILLED = "import os, pathlib\npathlib.Path.replace = lambda *_: os.kill(os.getpid(), 9)"
KILLED_BEFORE_COMMIT = """
import os
from shouwang.cli import office_restore
whole = office_restore._table
def table(archive, name, cursor):
    whole(archive, name, cursor)
    if name.endswith("registry_person"):
        os.kill(os.getpid(), 9)
office_restore._table = table
office_restore._sqlite = lambda *_: os.kill(os.getpid(), 9)
"""
KEYS = {"SHOUWANG_FIELD_KEYS": "field.keys", "SHOUWANG_INDEX_KEY": "index.key"}


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    server = Postgres()
    yield server
    server.stop()


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One with an account, a person and a file; the tests only read it and add to it."""
    return _filled(request, tmp_path_factory, request.param)


@pytest.fixture(scope="module")
def small(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The same on SQLite, where the database makes no difference."""
    return _filled(request, tmp_path_factory, "sqlite")


def _filled(request: pytest.FixtureRequest, folders: pytest.TempPathFactory, kind: str) -> Office:
    database = request.getfixturevalue("postgres").new_database() if kind == "postgresql" else ""
    made = Office(folders.mktemp(kind) / "home", database).migrated()
    made.add("wang")
    made.ask(FILL)
    return made


def _empty(office: Office, folder: Path, request: pytest.FixtureRequest) -> Office:
    """An office on another machine, with the same keys."""
    folder.mkdir()
    if office.database:
        return Office(folder, request.getfixturevalue("postgres").new_database())
    for name in KEYS.values():
        shutil.copy(office.home / name, folder / name)
    return Office(folder)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_round_trip_also_after_a_kill(office: Office, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert "密钥不在备份里" in office.done("backup", str(out / "b.zip"))
    assert _names(out) == ["b.zip"]
    other = _empty(office, tmp_path / "other", request)
    assert other.run("restore", str(out / "b.zip"), before=KILLED_BEFORE_COMMIT).code == -9
    assert other.ask(TABLES) == "[]"
    assert "都核对过" in other.done("restore", str(out / "b.zip"))
    assert other.ask(READ) == WHOLE
    other.add("li")  # the numbers go on where they were
    other.done("audit", "export", str(out / "chain.jsonl"))
    assert "链完好" in other.done("audit", "verify", str(out / "chain.jsonl"))


def test_no_value_and_no_key_stand_in_the_backup_in_clear(office: Office, tmp_path: Path) -> None:
    office.done("backup", str(tmp_path / "b.zip"))
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
        manifest = json.loads(archive.read("manifest.json"))
    keys = office.keys()["SHOUWANG_FIELD_KEYS"] if office.database else (office.home / "field.keys").read_text()
    assert SECRET.encode() not in content
    assert keys.partition(":")[2].strip().encode() not in content
    assert manifest["keys"] == [1]


def test_backup_killed_leaves_no_file_and_can_be_made_again(small: Office, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    assert small.run("backup", str(out / "b.zip"), before=KILLED).code == -9
    assert "b.zip" not in _names(out)
    small.done("backup", str(out / "b.zip"))
    assert _names(out) == ["b.zip"]


@pytest.mark.parametrize(("size", "said"), [(50_000, "备份写不下去"), (LARGE - 1, "磁盘满了")])
def test_backup_on_a_full_disk_is_one_line_and_leaves_nothing(
    small: Office, tmp_path: Path, size: int, said: str
) -> None:
    """The copy of the database does not fit, or the whole does not."""
    out, large = tmp_path / "out", small.home / "files" / "large.bin"
    out.mkdir()
    large.write_bytes(random.Random(1).randbytes(LARGE))
    answer = small.run("backup", str(out / "b.zip"), before=ROOM_FOR.format(size=size))
    assert (answer.code, answer.err.count("\n"), said in answer.err) == (2, 1, True), answer
    assert "→ 腾出空间再运行一次" in answer.err
    assert _names(out) == []
    small.done("backup", str(out / "b.zip"))
    assert _names(out) == ["b.zip"]
    large.unlink()


def test_load_on_a_full_disk_is_one_line_and_leaves_nothing(screened: Screened, tmp_path: Path) -> None:
    office = Office(tmp_path / "home").migrated()
    answer = office.run("load", str(screened.city), str(screened.june), before=NO_ROOM_IN_SQLITE)
    assert (answer.code, answer.err.splitlines()[-1]) == (2, "磁盘满了 → 腾出空间再运行一次"), answer
    assert office.ask(LOADED) == "0 0 0"
    office.run("load", str(screened.city), str(screened.june))
    assert office.ask(LOADED).split()[0] != "0"


def test_backup_that_is_not_to_be_restored(
    small: Office, postgres: Postgres, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    whole, cut, changed = (tmp_path / name for name in ("b.zip", "cut.zip", "changed.zip"))
    small.done("backup", str(whole))
    cut.write_bytes(whole.read_bytes()[:-100])
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content if name == "manifest.json" else content[:-1] + b"x")
    other = _empty(small, tmp_path / "other", request)
    keys = {name: (small.home / file).read_text().strip() for name, file in KEYS.items()}
    tried = [
        (other, cut, {}, "不是完整的备份"),
        (other, changed, {}, "被改过"),
        (other, tmp_path / "none.zip", {}, "没有文件"),
        (other, whole, {"SHOUWANG_FIELD_KEYS": "1:" + "B" * 43 + "="}, "这里的字段密钥解不开这份备份"),
        (other, whole, {"SHOUWANG_INDEX_KEY": "B" * 43 + "="}, "索引密钥"),
        (Office(tmp_path / "pg", postgres.new_database()), whole, keys, "备份是 sqlite 的"),
        (small, whole, {}, "不会覆盖"),
    ]
    for where, file, more, said in tried:
        where.more = more
        answer = where.run("restore", str(file))
        where.more = {}
        assert (answer.code, said in answer.err) == (2, True), answer
    assert other.ask(TABLES) == "[]"


def test_backup_that_is_there_is_not_written_over(small: Office, tmp_path: Path) -> None:
    (tmp_path / "b.zip").write_text("mine")
    answer = small.run("backup", str(tmp_path / "b.zip"))
    assert (answer.code, (tmp_path / "b.zip").read_text()) == (2, "mine")


@dataclass
class Node:
    dependencies: list[tuple[str, str]]


class Graph:
    nodes: ClassVar = {("a", "1"): Node([]), ("a", "2"): Node([("a", "1")]), ("b", "1"): Node([("a", "1")])}


def test_migrations_of_a_backup_are_done_as_far_as_it_had_them() -> None:
    assert _targets(Graph(), {("a", "1"), ("b", "1")}) == [("a", "1"), ("b", "1")]
    assert _targets(Graph(), {("a", "1"), ("a", "2"), ("b", "1")}) == [("a", "2"), ("b", "1")]


def test_migrations_of_a_newer_version_are_not_known_here() -> None:
    with pytest.raises(UserError, match="更新的版本"):
        _targets(Graph(), {("a", "1"), ("a", "9")})
