"""A small city whose June is yet to be delivered, and files as a department sends them."""

import csv
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from shouwang.areas import kunming
from shouwang.screening.receiving import Request, Verdict, receive
from tests.support.city import HEADERS, City, Home
from tests.support.screened import POLICY

RECEIVED = date(2020, 7, 5)
Hand = Callable[..., list[Verdict]]
"""Files, and anything else a request may say → verdicts."""


class Town:
    """A written city, its homes, and a desk that receives files."""

    def __init__(self, folder: Path) -> None:
        city = City(undelivered={("accidents", "2020-06"), ("medical_insurance", "2020-06")})
        self.homes: list[Home] = [city.home() for _ in range(40)]
        for home in self.homes[:30]:
            city.row("accidents", "2020-05", home.head, 事故日期="2020-05-02", 自担费用="100.00", 预计停工天数="1")
        self.city = city.write(folder / "city")
        self.inbox = folder / "inbox"
        self.inbox.mkdir()

    def accidents(self, count: int = 30, **cells: str) -> list[dict[str, str]]:
        """Rows of June, one per home."""
        plain = {"事故日期": "2020-06-02", "自担费用": "100.00", "预计停工天数": "1"}
        heads = [home.head for home in self.homes[:count]]
        return [{"姓名": head.name, "证件号码": head.id_number} | plain | cells for head in heads]

    def file(self, name: str, rows: list[dict[str, str]], *, dataset: str = "accidents", **headers: str) -> Path:
        """A CSV file; `headers`: ours → as the department writes it."""
        path = self.inbox / name
        columns = HEADERS[dataset].split(",")
        with path.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow([headers.get(column, column) for column in columns])
            writer.writerows([[row.get(column, "") for column in columns] for row in rows])
        return path

    def hand(self, *files: Path, **more: Any) -> list[Verdict]:
        request = {"received_on": RECEIVED, "by": "经办", "tree": kunming(), "vocabulary": POLICY.vocabulary} | more
        return list(receive(Request(self.city, **request), list(files)))

    def hand_one(self, file: Path, **more: Any) -> Verdict:
        [verdict] = self.hand(file, **more)
        return verdict

    def tree(self, folder: str) -> list[str]:
        """Everything that lies in a folder of the city, hidden or not."""
        root = self.city / folder
        return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)
