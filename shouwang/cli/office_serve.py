"""`shouwang serve`: the site under a production server, with its worker beside it."""

import hashlib
import multiprocessing
import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.office import MIGRATE, open_office, pending
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import UserError

APPLICATION = "shouwang.config.wsgi:application"
WORKER = "shouwang.cli.office_worker"
ASSETS = ".assets"
UNUSED = ["ext", "htmx.js", "htmx.amd.js", "htmx.cjs.js", "htmx.esm.js", "*.d.ts"]
"""Parts of front-end libraries that no page loads."""
STOP_SECONDS = 15
AGAIN_SECONDS = 3.0


def serve(
    host: Annotated[str, typer.Option(help="地址 address")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="端口 port")] = 8000,
    workers: Annotated[int, typer.Option(min=0, help="进程数，0 表示 SQLite 一个、PostgreSQL 两个 processes")] = 0,
    threads: Annotated[int, typer.Option(min=1, help="每个进程的线程数 threads per process")] = 4,
    migrate: Annotated[bool, typer.Option("--migrate", help="先升级数据库 upgrade the database first")] = False,
) -> None:
    """运行网站和后台任务，直到 Ctrl-C 或 SIGTERM。

    Run the site and its background work until Ctrl-C or SIGTERM.

    例 Example：shouwang serve --migrate --port 8000
    """
    open_office()
    from django.db import connection, connections

    from shouwang.office.web import metrics

    _tables(migrate)
    compile_translations()
    collect_assets()
    _require_free(host, port)
    count = workers or (1 if connection.vendor == "sqlite" else 2)
    connections.close_all()
    metrics.forget()
    say(results(), f"守望在 http://{host}:{port}/ ，{count} 个进程，每个 {threads} 个线程；Ctrl-C 停止")
    _run(host, port, count, threads)


def _require_free(host: str, port: int) -> None:
    """The server shares its port among its processes, so it would share it with another server too, unnoticed.

    Errors: `UserError` where somebody sits on the port.
    """
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((host, port))
        except OSError:
            raise UserError(f"端口 {port} 已经有人用，或这个地址不是本机的", "换一个 --port 或 --host") from None


def _tables(migrate: bool) -> None:
    from django.core.management import call_command

    if migrate:
        call_command("migrate", verbosity=0, interactive=False)
    elif waiting := pending():
        raise UserError(f"数据库少 {waiting} 步升级", MIGRATE)


def compile_translations() -> None:
    """The English of the pages, where it has not been compiled since it was last changed."""
    from django.conf import settings

    from shouwang.office.web.catalogue import compile_catalogue

    for folder in settings.LOCALE_PATHS:
        for catalogue in Path(folder).glob("*/LC_MESSAGES/*.po"):
            compiled = catalogue.with_suffix(".mo")
            if not compiled.exists() or compiled.stat().st_mtime < catalogue.stat().st_mtime:
                compile_catalogue(catalogue)


def collect_assets() -> None:
    """Gather style, scripts and libraries in the home, if they changed. Errors: `UserError` where some are missing."""
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders
    from django.core.management import call_command

    for _, folder in settings.STATICFILES_DIRS:
        if not Path(folder).is_dir():
            raise UserError(f"缺前端库 {Path(folder).parent.name}", "运行 make venv")
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name).timestamp()}\n".encode())
    mark = Path(settings.STATIC_ROOT) / ASSETS
    if mark.is_file() and mark.read_text(encoding="utf-8") == digest.hexdigest():
        return
    call_command("collectstatic", verbosity=0, interactive=False, clear=True, ignore_patterns=UNUSED)
    mark.write_text(digest.hexdigest(), encoding="utf-8")


def _run(host: str, port: int, workers: int, threads: int) -> None:
    """Until it is told to stop. The worker is stopped with it, and started again where it falls."""
    from granian import Granian
    from granian.constants import Interfaces

    if multiprocessing.get_start_method(allow_none=True) != "spawn":
        multiprocessing.set_start_method("spawn", force=True)  # a fork would take our threads and connections along
    server = Granian(
        APPLICATION,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        blocking_threads_idle_timeout=600,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=STOP_SECONDS,
        log_access=False,
        log_level="warning",
    )
    companion = Companion()
    companion.start()
    try:
        server.serve()
    finally:
        companion.stop()


class Companion:
    """The worker process. Its standard input is ours: it ends when we do, however we do."""

    def __init__(self) -> None:
        self._end = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._end.set()
        if self._process:
            self._process.terminate()
        self._thread.join(STOP_SECONDS)
        if self._process and self._process.poll() is None:
            self._process.kill()

    def _keep(self) -> None:
        while not self._end.is_set():
            with subprocess.Popen([sys.executable, "-m", WORKER], stdin=subprocess.PIPE) as process:
                self._process = process
                if self._end.is_set():
                    process.terminate()
                process.wait()
            self._end.wait(AGAIN_SECONDS)
