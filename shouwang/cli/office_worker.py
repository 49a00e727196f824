"""The worker beside the server: background jobs one after another, the sealing of the audit, what is due every day."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import date

from shouwang.cli.office import open_office

JOB_SECONDS = 1.0
SEAL_SECONDS = 3.0
GIVE_UP_SECONDS = 60.0
AFTER_FAULT_SECONDS = 10.0


def main() -> None:
    """Work until told to stop, or until the server whose end of our standard input this was is gone."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the server, which tells us
    open_office()
    from shouwang.office.web.jobs import work_once
    from shouwang.office.web.logs import one_line_each

    one_line_each()
    threading.Thread(target=_end_with_server, daemon=True).start()
    threading.Thread(target=_forever, args=(_seal, SEAL_SECONDS), daemon=True).start()
    threading.Thread(target=_forever, args=(_Daily(), 60.0), daemon=True).start()
    threading.Thread(target=_forever, args=(_give_up, GIVE_UP_SECONDS), daemon=True).start()
    _forever(lambda: _until_none(work_once), JOB_SECONDS)


def _end_with_server() -> None:
    while os.read(sys.stdin.fileno(), 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)


def _forever(deed: Callable[[], object], seconds: float) -> None:
    """Again and again; a database that is away for a while is no reason to end."""
    import structlog
    from django.db import close_old_connections

    pause = threading.Event()
    while True:
        wait = seconds
        try:
            close_old_connections()
            deed()
        except Exception as error:
            structlog.get_logger("shouwang.office").warning("worker", error=type(error).__name__)
            wait = AFTER_FAULT_SECONDS
        pause.wait(wait)


def _until_none(work: Callable[[], bool]) -> None:
    while work():
        pass


def _seal() -> None:
    from shouwang.office.audit.actions.sealing import seal_all

    seal_all(is_whole=False)


def _give_up() -> None:
    from shouwang.office.deliveries.actions.receiving import give_up

    give_up()


class _Daily:
    """Once a day: deadlines that passed go up a level; events that no round sealed; sessions long over."""

    def __init__(self) -> None:
        self._done_on: date | None = None

    def __call__(self) -> None:
        from django.core.management import call_command

        from shouwang.office.audit.actions.sealing import seal_all
        from shouwang.office.casework.actions import daily
        from shouwang.office.web.calendar import today

        now = today()
        if now == self._done_on:
            return
        daily.run(on=now)
        seal_all(is_whole=True)
        call_command("clearsessions", verbosity=0)
        self._done_on = now


if __name__ == "__main__":
    main()
