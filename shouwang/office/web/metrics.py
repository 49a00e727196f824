"""Counts and times of requests by page, for `/metrics`, as Prometheus reads them; per process."""

import threading
from collections import defaultdict

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.15, 0.3, 0.5, 1.0, 2.5)
_lock = threading.Lock()
_buckets: dict[tuple[str, str, int], list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
_seconds: dict[tuple[str, str, int], float] = defaultdict(float)


def observe(page: str, method: str, status: int, seconds: float) -> None:
    key = (page, method, status)
    with _lock:
        _buckets[key][sum(seconds > bound for bound in BOUNDS)] += 1
        _seconds[key] += seconds


def exposition() -> str:
    """The text format of Prometheus."""
    lines = ["# TYPE shouwang_request_seconds histogram"]
    with _lock:
        for (page, method, status), counts in sorted(_buckets.items()):
            labels = f'page="{page}",method="{method}",status="{status}"'
            total = 0
            for bound, count in zip((*BOUNDS, "+Inf"), counts, strict=True):
                total += count
                lines.append(f'shouwang_request_seconds_bucket{{{labels},le="{bound}"}} {total}')
            lines.append(f"shouwang_request_seconds_sum{{{labels}}} {_seconds[page, method, status]:.6f}")
            lines.append(f"shouwang_request_seconds_count{{{labels}}} {total}")
    return "\n".join(lines) + "\n"
