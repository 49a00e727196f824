"""Receives one file in many copies of a city, each time killed just before another change to the disk.

Run as a process of its own: python killed_at_every_step.py FILE CITY… ; the n-th city is killed at the n-th change.
Prints the signal, or 0, with which each ended.
"""

import os
import shutil
import signal
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from shouwang.areas import kunming
from shouwang.screening.receiving import Request, receive
from tests.support.screened import POLICY

KUNMING = kunming()


def killed_at(change: int) -> None:
    """From here on, the given change to the disk (from 1) is the last thing that does not happen."""
    left = [change]

    def counted(do: Callable[..., Any], *, half: bool = False) -> Callable[..., Any]:
        def doing(*arguments: Any, **more: Any) -> Any:
            left[0] -= 1
            if left[0] == 0:
                if half:
                    source, target = map(Path, arguments[:2])
                    target.write_bytes(source.read_bytes()[:100])
                os.kill(os.getpid(), signal.SIGKILL)
            return do(*arguments, **more)

        return doing

    for module, name in ((os, "rename"), (os, "replace"), (os, "unlink")):
        setattr(module, name, counted(getattr(module, name)))
    shutil.copyfile = counted(shutil.copyfile, half=True)


def ended(city: Path, file: Path, change: int) -> int:
    child = os.fork()
    if child == 0:
        killed_at(change)
        request = Request(city, date(2020, 7, 5), "经办", KUNMING, POLICY.vocabulary)
        statuses = [verdict.status for verdict in receive(request, [file])]
        os._exit(0 if statuses == ["accepted"] else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


if __name__ == "__main__":
    file, *cities = map(Path, sys.argv[1:])
    for change, city in enumerate(cities, start=1):
        print(ended(city, file, change), flush=True)
