"""Runs beside the city: those that are finished, whatever else lies there."""

import json
import shutil

import pytest

from shouwang.office.warnings.queries import runs
from shouwang.terms.errors import UserError

DEEP = "[" * 100_000


@pytest.mark.parametrize("content", ["", "null", "[1, 2]", '"x"', DEEP, "{}", "\x00"])
@pytest.mark.parametrize("file", ["manifest.json", "summary.json"])
def test_folder_that_is_no_run_is_passed_over_and_hides_no_other(june, tmp_path, file, content):
    good, bad = tmp_path / "run-good", tmp_path / "run-bad"
    shutil.copytree(june, good)
    shutil.copytree(june, bad)
    (bad / file).write_text(content)
    assert [run.folder for run in runs.found(tmp_path / "city")] == ["run-good"]
    with pytest.raises(UserError, match="run-bad 不是一次完整的筛查结果"):
        runs.one(tmp_path / "city", "run-bad")


@pytest.mark.parametrize(
    "changed",
    [
        {"levels": []},
        {"levels": {"1": 3}},
        {"levels": {"1": {"households": None, "people": 1}}},
        {"levels": {"1": {"households": 1}}},
        {"counties": [1]},
    ],
)
def test_summary_of_another_shape_is_no_run(june, tmp_path, changed):
    folder = tmp_path / "run-bad"
    shutil.copytree(june, folder)
    summary = json.loads((folder / "summary.json").read_text()) | changed
    (folder / "summary.json").write_text(json.dumps(summary))
    assert runs.found(tmp_path / "city") == []
