"""A city named by a path from where one stands is the same city."""

from pathlib import Path

import pytest

from tests.support.screened import screened
from tests.unit.screening.conftest import plain_city


def test_city_of_a_relative_path_gives_the_same_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    city = plain_city().write(tmp_path / "city")
    for month in ("2020-05", "2020-06"):
        path = city / "extracts" / "medical_settlements" / f"{month}.csv"
        path.write_text(path.read_text(encoding="utf-8") + "a line that is no row\n", encoding="utf-8")
    whole = screened(city, tmp_path / "whole")
    monkeypatch.chdir(tmp_path)
    relative = screened(Path("city"), Path("relative"))
    assert relative.manifest["output_digest"] == whole.manifest["output_digest"]
    assert relative.summary["rows"] == whole.summary["rows"]
    assert whole.summary["rows"]["quarantined"] == 2
