"""Find a browser for the journeys, or fetch one: Playwright's own, or Debian's where we are root. Prints its path."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CURE = (
    "没有浏览器，也取不来 → sudo apt install chromium fonts-noto-cjk，或设 SHOUWANG_BROWSER 指向一个 Chromium\n"
    "No browser, and none could be fetched: install chromium, or set SHOUWANG_BROWSER to one"
)


def found() -> str:
    """The browser that is there; empty where there is none."""
    if named := os.environ.get("SHOUWANG_BROWSER"):
        return named if Path(named).is_file() else ""
    for name in NAMES:
        if path := shutil.which(name):
            return path
    return _of_playwright()


def _of_playwright() -> str:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if Path(path).is_file() else ""


def _quietly(*command: str) -> bool:
    return subprocess.run(command, stdout=sys.stderr, check=False).returncode == 0


def fetch() -> None:
    """Playwright's own browser; where its host does not answer, Debian's package, which needs root."""
    if _quietly(sys.executable, "-m", "playwright", "install", "chromium") or os.geteuid() != 0:
        return
    if shutil.which("apt-get"):
        _quietly("apt-get", "update", "-q")
        _quietly("apt-get", "install", "-qy", "--no-install-recommends", "chromium", "fonts-noto-cjk")


def main() -> int:
    path = found()
    if not path:
        fetch()
        path = found()
    if not path:
        print(CURE, file=sys.stderr)
        return 2
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
