"""The picture holds every cell in its place and asks nothing of anybody."""

import xml.etree.ElementTree as ElementTree
from pathlib import Path

from shouwang.cli.picture import CELL, MARGIN, Picture

SVG = "{http://www.w3.org/2000/svg}"


def test_runs_stand_at_their_cells_and_are_as_long_as_them(tmp_path: Path) -> None:
    picture = Picture()
    picture.console.print("[blue]Ⅱ 蓝[/blue]  <24 户>")
    picture.save(tmp_path / "p.svg", title="one line")
    root = ElementTree.parse(tmp_path / "p.svg").getroot()
    found = [(run.text, float(run.get("x", 0)), float(run.get("textLength", 0))) for run in root.iter(f"{SVG}text")]
    cells = [("Ⅱ", 0, 1), ("蓝", 2, 2), ("<24", 6, 3), ("户", 10, 2), (">", 12, 1)]
    assert found == [(text, round(MARGIN + at * CELL, 1), round(long * CELL, 1)) for text, at, long in cells]
    assert [run.get("fill") for run in root.iter(f"{SVG}text")][:3] == ["#1f5fa8", "#1f5fa8", "#1f2933"]
    assert root.find(f"{SVG}title").text == "one line"  # type: ignore[union-attr]


def test_same_content_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        picture = Picture()
        picture.console.print("[bold]待核实[/bold] [dim]人[/dim]")
        picture.save(tmp_path / name, title="t")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
