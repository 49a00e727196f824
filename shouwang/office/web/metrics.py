"""Counts and times of requests by page, for `/metrics`, as Prometheus reads them: of all processes of the site.

Each process counts in a file of its own, mapped into its memory; whoever is asked adds up the files. What a process
counted stays when it falls, so that no total ever goes back. `serve` begins with none.
"""

import mmap
import os
import struct
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5)
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
OTHER = "other"
SUFFIX = ".counts"
_COUNTS = struct.Struct(f"<{len(BOUNDS) + 1}Qd")
"""Requests by the time they took, and the seconds of all of them."""
_KEY_BYTES = 128
_RECORD_BYTES = _KEY_BYTES + _COUNTS.size
MOST = 2_000
"""Kinds of answers (page, method, status) a process counts apart; a site has some hundreds."""
Key = tuple[str, str, str]


class Book:
    """The counts of one process: records of a key and its figures, one after another.

    Errors: `OSError` where there is no room for the file. It is laid out whole at once, because a mapped file that
    finds the disk full later takes its process with it.
    """

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        self._places: dict[bytes, int] = {}
        path.touch(mode=0o600, exist_ok=False)
        try:
            path.write_bytes(bytes(MOST * _RECORD_BYTES))
            with path.open("r+b") as stream:
                self._bytes = mmap.mmap(stream.fileno(), 0)
        except OSError:
            path.unlink()
            raise

    def add(self, key: Key, seconds: float) -> None:
        place = self._place("\t".join(key).encode()[:_KEY_BYTES])
        *counts, total = _COUNTS.unpack_from(self._bytes, place)
        counts[sum(seconds > bound for bound in BOUNDS)] += 1
        _COUNTS.pack_into(self._bytes, place, *counts, total + seconds)

    def _place(self, key: bytes) -> int:
        """Where the figures of a key stand; those of one too many are counted with the last."""
        number = self._places.setdefault(key, min(len(self._places), MOST - 1))
        start = number * _RECORD_BYTES
        if not self._bytes[start]:
            self._bytes[start : start + len(key)] = key
        return start + _KEY_BYTES


def folder() -> Path:
    return Path(settings.HOME) / "metrics"


def forget() -> None:
    """Begin anew: what earlier runs of the site counted goes."""
    for path in folder().glob(f"*{SUFFIX}"):
        path.unlink(missing_ok=True)


_lock = threading.Lock()
_book: Book | None = None
_has_no_room = False


def observe(page: str, method: str, status: int, seconds: float) -> None:
    """Count one request. Where there is no room to count, the site goes on uncounted."""
    global _book, _has_no_room
    key = (page, method if method in METHODS else OTHER, str(status))
    with _lock:
        if _book is None and not _has_no_room:
            try:
                _book = Book(folder() / f"{os.getpid()}-{time.time_ns()}{SUFFIX}")
            except OSError:
                _has_no_room = True
        if _book:
            _book.add(key, seconds)


def exposition() -> str:
    """The text format of Prometheus."""
    lines = ["# TYPE shouwang_request_seconds histogram"]
    for (page, method, status), (counts, seconds) in sorted(_summed().items()):
        labels = f'page="{page}",method="{method}",status="{status}"'
        total = 0
        for bound, count in zip((*BOUNDS, "+Inf"), counts, strict=True):
            total += count
            lines.append(f'shouwang_request_seconds_bucket{{{labels},le="{bound}"}} {total}')
        lines.append(f"shouwang_request_seconds_sum{{{labels}}} {seconds:.6f}")
        lines.append(f"shouwang_request_seconds_count{{{labels}}} {total}")
    return "\n".join(lines) + "\n"


def _summed() -> dict[Key, tuple[list[int], float]]:
    found: dict[Key, tuple[list[int], float]] = defaultdict(lambda: ([0] * (len(BOUNDS) + 1), 0.0))
    for path in folder().glob(f"*{SUFFIX}"):
        for key, counts, seconds in _records(path.read_bytes()):
            before, total = found[key]
            found[key] = [a + b for a, b in zip(before, counts, strict=True)], total + seconds
    return found


def _records(content: bytes) -> Iterator[tuple[Key, list[int], float]]:
    for start in range(0, len(content) - _RECORD_BYTES + 1, _RECORD_BYTES):
        key = content[start : start + _KEY_BYTES].rstrip(b"\0").decode(errors="replace")
        if not key:
            return
        page, method, status = key.split("\t")
        *counts, seconds = _COUNTS.unpack_from(content, start + _KEY_BYTES)
        yield (page, method, status), counts, seconds
