"""What the environment says: typed, secrets from files too, and a missing one stops the start with its cure."""

import base64
import os
import re
import stat
from pathlib import Path

import pytest

from shouwang.config import environment
from shouwang.terms.errors import UserError

ROOT = Path(__file__).parents[3]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SHOUWANG_") or name == "DATABASE_URL"]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize("name", ["SHOUWANG_SECRET_KEY", "SHOUWANG_FIELD_KEYS", "SHOUWANG_INDEX_KEY"])
def test_missing_secret_on_postgresql_stops_the_start(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for other in {"SHOUWANG_SECRET_KEY", "SHOUWANG_FIELD_KEYS", "SHOUWANG_INDEX_KEY"} - {name}:
        monkeypatch.setenv(other, "x")
    with pytest.raises(UserError) as raised:
        environment.secrets_of(tmp_path, is_embedded=False)
    assert raised.value.found == f"没有设 {name}"
    assert f"{name}_FILE" in raised.value.cure
    assert list(tmp_path.iterdir()) == []


def test_secret_comes_from_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "key").write_text(" from-a-file \n")
    monkeypatch.setenv("SHOUWANG_SECRET_KEY_FILE", str(tmp_path / "key"))
    assert environment.text("SHOUWANG_SECRET_KEY") == "from-a-file"


def test_variable_itself_goes_before_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "key").write_text("file")
    monkeypatch.setenv("SHOUWANG_SECRET_KEY_FILE", str(tmp_path / "key"))
    monkeypatch.setenv("SHOUWANG_SECRET_KEY", "itself")
    assert environment.text("SHOUWANG_SECRET_KEY") == "itself"


def test_file_that_is_not_there_is_told_without_its_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHOUWANG_SECRET_KEY_FILE", str(tmp_path / "nothing"))
    with pytest.raises(UserError, match="SHOUWANG_SECRET_KEY_FILE 指的文件读不了"):
        environment.text("SHOUWANG_SECRET_KEY")


def test_embedded_office_makes_its_secrets_once_for_itself_alone(tmp_path: Path):
    first = environment.secrets_of(tmp_path, is_embedded=True)
    assert environment.secrets_of(tmp_path, is_embedded=True) == first
    assert {stat.S_IMODE(path.stat().st_mode) for path in tmp_path.iterdir()} == {0o600}
    number, _, key = first.field_keys[0].partition(":")
    assert (number, len(base64.b64decode(key)), len(base64.b64decode(first.index_key))) == ("1", 32, 32)


def test_several_field_keys_stand_on_lines(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SHOUWANG_FIELD_KEYS", "2:b\n\n 1:a \n")
    assert environment.secrets_of(tmp_path, is_embedded=True).field_keys == ("2:b", "1:a")


def test_home_is_for_its_owner_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHOUWANG_HOME", str(tmp_path / "home"))
    assert stat.S_IMODE(environment.home().stat().st_mode) == 0o700


@pytest.mark.parametrize(("said", "read"), [("yes", True), ("no", False), (" YES ", True)])
def test_flag(said: str, read: bool, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHOUWANG_DEMO", said)
    assert environment.flag("SHOUWANG_DEMO") is read


@pytest.mark.parametrize(("read", "said"), [("flag", "1"), ("flag", "true"), ("number", "many"), ("number", "-1")])
def test_value_of_another_kind_is_told(read: str, said: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SHOUWANG_X", said)
    with pytest.raises(UserError, match="SHOUWANG_X"):
        getattr(environment, read)("SHOUWANG_X", 0)


URLS = [
    ("postgresql://li:p%40ss@db.example:5433/office", ("office", "li", "p@ss", "db.example", "5433")),
    ("postgres:///office?host=/run/pg&user=li", ("office", "li", "", "/run/pg", "")),
    ("postgresql://", ("postgres", "", "", "", "")),
]


@pytest.mark.parametrize(("url", "parts"), URLS)
def test_postgresql_by_its_address(url: str, parts: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_URL", url)
    read = environment.database(tmp_path)
    assert tuple(read[name] for name in ("NAME", "USER", "PASSWORD", "HOST", "PORT")) == parts
    assert read["CONN_HEALTH_CHECKS"] is True


def test_sqlite_in_the_home_or_by_its_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert environment.database(tmp_path)["NAME"] == str(tmp_path / "office.sqlite3")
    monkeypatch.setenv("DATABASE_URL", "sqlite:////data/a%20b.sqlite3")
    assert environment.database(tmp_path)["NAME"] == "//data/a b.sqlite3"


def test_other_database_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("DATABASE_URL", "mysql://u:secret@h/d")
    with pytest.raises(UserError, match="postgresql://") as raised:
        environment.database(tmp_path)
    assert "secret" not in str(raised.value)


def variables() -> set[str]:
    """Every variable the settings read."""
    files = [ROOT / "shouwang/config" / name for name in ("environment.py", "settings.py")]
    source = "".join(file.read_text(encoding="utf-8") for file in files)
    return set(re.findall(r'"((?:SHOUWANG_[A-Z_]+|DATABASE_URL))"', source))


@pytest.mark.parametrize("page", ["dotenv-sample", "docs/office/running.md"])
def test_every_variable_is_explained(page: str):
    text = (ROOT / page).read_text(encoding="utf-8")
    assert {name for name in variables() if name not in text} == set()


def test_sample_explains_nothing_that_is_not_read():
    text = (ROOT / "dotenv-sample").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?\s?((?:SHOUWANG_[A-Z_]+|DATABASE_URL))=", text, flags=re.MULTILINE))
    assert {name.removesuffix("_FILE") for name in named} == variables()
