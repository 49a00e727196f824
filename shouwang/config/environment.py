"""What the environment says, typed. Every variable is explained in `dotenv-sample`."""

import base64
import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from shouwang.terms.errors import UserError

KEY_BYTES = 32
POSTGRES = ("postgres", "postgresql")


def text(name: str, default: str | None = None) -> str:
    """The variable, or the content of the file that `<name>_FILE` names. Errors: `UserError` where there is neither."""
    if name in os.environ:
        return os.environ[name]
    if file := os.environ.get(f"{name}_FILE"):
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise UserError(f"{name}_FILE 指的文件读不了：{error.strerror}", "改正路径或权限") from None
    if default is None:
        raise UserError(f"没有设 {name}", f"设环境变量 {name}，或用 {name}_FILE 指一个文件；见 dotenv-sample")
    return default


def flag(name: str, default: bool = False) -> bool:
    said = text(name, "yes" if default else "no").strip().lower()
    if said not in ("yes", "no"):
        raise UserError(f"{name} 应为 yes 或 no", f"改正 {name}")
    return said == "yes"


def number(name: str, default: int) -> int:
    said = text(name, str(default)).strip()
    if not said.isdigit():
        raise UserError(f"{name} 应为整数", f"改正 {name}")
    return int(said)


def words(name: str, default: str) -> list[str]:
    return [word.strip() for word in text(name, default).split(",") if word.strip()]


def home() -> Path:
    """The folder of the office: embedded database, keys, files that were handed in. Mode 0700."""
    folder = Path(text("SHOUWANG_HOME", "office-home")).resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def city(note: Path) -> str:
    """The city folder: SHOUWANG_CITY, else the one whose path `shouwang load` noted. Empty: none was loaded."""
    return text("SHOUWANG_CITY", note.read_text(encoding="utf-8").strip() if note.is_file() else "")


@dataclass(frozen=True)
class Secrets:
    """`signing` signs sessions; `field_keys` encrypt, the first one new values; `index_key` makes blind indexes."""

    signing: str
    field_keys: tuple[str, ...]
    index_key: str


def secrets_of(folder: Path, *, is_embedded: bool) -> Secrets:
    """The secrets from the environment; the embedded office makes its own once, beside its database, mode 0600.

    Errors: `UserError` where PostgreSQL is used and one is missing: keys made up silently would be lost silently.
    """
    signing = _secret("SHOUWANG_SECRET_KEY", folder / "secret.key", is_embedded, _signing)
    fields = _secret("SHOUWANG_FIELD_KEYS", folder / "field.keys", is_embedded, _field_key)
    index = _secret("SHOUWANG_INDEX_KEY", folder / "index.key", is_embedded, _index)
    return Secrets(signing, tuple(line.strip() for line in fields.splitlines() if line.strip()), index.strip())


def _signing() -> str:
    return secrets.token_urlsafe(48)


def _index() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _field_key() -> str:
    return f"1:{_index()}"


def _secret(name: str, path: Path, is_embedded: bool, make) -> str:  # type: ignore[no-untyped-def]
    if name in os.environ or f"{name}_FILE" in os.environ or not is_embedded:
        return text(name)
    if not path.exists():
        _write_once(path, make())
    return path.read_text(encoding="utf-8").strip()


def _write_once(path: Path, content: str) -> None:
    """Two processes that start at once must end with the same key: the second finds the first one's file."""
    own = path.with_suffix(f".{os.getpid()}")
    own.touch(mode=0o600)
    own.write_text(content + "\n", encoding="utf-8")
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()


def database(folder: Path) -> dict[str, object]:
    """Django's settings of the database of `DATABASE_URL`; SQLite in the home without it.

    Errors: `UserError` for a URL that is neither.
    """
    url = text("DATABASE_URL", "")
    if not url:
        return _sqlite(folder / "office.sqlite3")
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if parts.scheme not in POSTGRES:
        raise UserError("DATABASE_URL 应以 postgresql:// 或 sqlite:// 开头", "改正 DATABASE_URL；见 dotenv-sample")
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "postgres",
        "USER": unquote(parts.username or query.get("user", "")),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or query.get("host", "")),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": number("SHOUWANG_DATABASE_SECONDS", 60),
        "CONN_HEALTH_CHECKS": True,
    }


def _sqlite(path: Path) -> dict[str, object]:
    """WAL lets people read while one writes; IMMEDIATE makes a writer wait its turn instead of failing half-way."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 30,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-65536;"
            " PRAGMA temp_store=MEMORY; PRAGMA mmap_size=268435456; PRAGMA foreign_keys=ON;",
        },
    }
