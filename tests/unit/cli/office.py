"""Offices of their own for tests of commands: another home, another database, another process."""

import base64
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

COMMAND = str(Path(sys.executable).parent / "shouwang")
PASSWORD = "very-long-password"


@dataclass
class Answer:
    code: int
    out: str
    err: str


@dataclass
class Office:
    """`database`: an address, or empty for SQLite in the home."""

    home: Path
    database: str = ""
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        own = {"SHOUWANG_HOME": str(self.home), "SHOUWANG_TODAY": "2020-07-06", "PYTHONWARNINGS": "ignore"}
        if self.database:
            own |= {"DATABASE_URL": self.database, **self.keys()}
        return {**kept, **own, **self.more}

    def keys(self) -> dict[str, str]:
        """PostgreSQL makes none up: each home has those it was given."""
        seed = base64.b64encode(bytes(range(32))).decode()
        return {
            "SHOUWANG_SECRET_KEY": "tests-only " * 6,
            "SHOUWANG_FIELD_KEYS": f"1:{seed}",
            "SHOUWANG_INDEX_KEY": seed,
        }

    def run(self, *words: str, before: str = "") -> Answer:
        """`shouwang …`; `before` is Python run first in its process, to break something."""
        call = [COMMAND, *words]
        if before:
            call = [sys.executable, "-c", f"{before}\nimport sys\nfrom shouwang.cli.main import main\nsys.exit(main())"]
            call += words
        done = subprocess.run(call, env=self.environment, capture_output=True, text=True, timeout=120, check=False)
        return Answer(done.returncode, done.stdout, done.stderr)

    def done(self, *words: str) -> str:
        """A command that must succeed."""
        answer = self.run(*words)
        assert (answer.code, answer.err) == (0, ""), answer
        return answer.out

    def migrated(self) -> "Office":
        call = [sys.executable, "-m", "django", "migrate", "--verbosity", "0", "--skip-checks"]
        where = {**self.environment, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        subprocess.run(call, env=where, check=True, capture_output=True, timeout=180)
        return self

    def ask(self, code: str) -> str:
        """What a few lines of Python inside the office print."""
        where = {**self.environment, "DJANGO_SETTINGS_MODULE": "shouwang.config.settings"}
        call = [sys.executable, "-c", f"import django; django.setup()\n{code}"]
        done = subprocess.run(call, env=where, check=True, capture_output=True, text=True, timeout=60)
        return done.stdout.strip()

    def add(self, username: str) -> None:
        self.done("accounts", "add", username, "--name", "王某", "--password", PASSWORD)
