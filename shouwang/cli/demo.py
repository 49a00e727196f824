"""`shouwang demo`: all of it, on a small city."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shouwang.cli.demo_site import print_site
from shouwang.cli.progress import progress
from shouwang.cli.screen import run_screening
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import UserError

if TYPE_CHECKING:
    from shouwang.cli.run_page import RunShown

MARK = ".shouwang-demo"
OWN = ("city", "run-2020-05", "run-2020-06", "office")
"""What a demo makes in its folder, and the only things it ever removes."""
MAY, JUNE = date(2020, 5, 31), date(2020, 6, 30)
POLICY = "kunming-2020"
EXPLAINED = 3


def demo(
    households: Annotated[int, typer.Option(help="多少户 how many households")] = 20_000,
    seed: Annotated[int, typer.Option(help="种子 seed")] = 7,
    folder: Annotated[Path, typer.Option(help="放在哪里 where to put it")] = Path("demo"),
    svg: Annotated[Path | None, typer.Option(metavar="FILE", help="另存为图 save the tables as a picture")] = None,
    serve: Annotated[bool, typer.Option(help="最后打开网站 end with the site")] = True,
    only_stop: Annotated[bool, typer.Option("--stop", help="只停掉上次的网站 only stop the last one's site")] = False,
) -> None:
    """造一座小城，筛查五月和六月，解释三户，打开网站。

    Make a small city, screen two months, explain three homes, open the site.

    例 Example：shouwang demo --households 20000 --folder demo
    """
    from shouwang.cli import demo_office
    from shouwang.cli.run_page import RunShown
    from shouwang.modelcity import write_city
    from shouwang.policy import load

    if svg and not svg.resolve().parent.is_dir():
        raise UserError(f"{svg.parent} 不存在", "先建好放图的文件夹")
    was_serving = demo_office.stop(folder)
    if only_stop:
        say(results(), "网站停了" if was_serving else "没有在运行的网站")
        return
    _clear(folder)
    city, may, june = (folder / name for name in OWN[:3])
    with progress("造城") as step:
        write_city(city, households, seed, step)
    run_screening(city, MAY, may, POLICY)
    told = run_screening(city, JUNE, june, POLICY, previous=may)
    shown = RunShown(told, load(POLICY), june, JUNE, may)
    chosen = choose(june)
    _print_all(shown, chosen, city)
    if svg:
        _draw(shown, chosen[-1:], svg)
    if serve:
        people = demo_office.prepare(folder, city, may, june)
        print_site(results(), demo_office.start(folder, city), people, folder)


def _clear(folder: Path) -> None:
    """Make the folder ready. Errors: `UserError` where it is somebody else's."""
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise UserError(f"{folder} 不是普通文件夹", "换一个 --folder")
    is_ours = (folder / MARK).is_file()
    if folder.is_dir() and any(folder.iterdir()) and not is_ours:
        raise UserError(f"{folder} 里有别的东西", "换一个 --folder；只有演示自己造的文件夹才会被替换")
    for name in OWN if is_ours else ():
        if (folder / name).is_dir():
            shutil.rmtree(folder / name)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / MARK).write_text(json.dumps({"holds": OWN}) + "\n", encoding="utf-8")


def choose(run: Path) -> list[str]:
    """Households to explain: warned ones of different levels while there are, always the same ones."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    columns = ["household_id", "level", "reasons", "could_be_worse"]
    table = pq.read_table(run / "verdicts.parquet", columns=columns, filters=pc.field("level") <= 4)
    found = sorted(table.to_pylist(), key=lambda row: (row["level"], len(row["reasons"]), row["household_id"]))
    firsts = {row["level"]: row["household_id"] for row in reversed(found)}
    picked = [firsts[level] for level in sorted(firsts)]
    others = [row["household_id"] for row in found if row["household_id"] not in picked]
    return [*picked[:EXPLAINED], *others][:EXPLAINED]


def _print_all(shown: "RunShown", chosen: list[str], city: Path) -> None:
    from rich.text import Text

    from shouwang.cli.explain import print_household
    from shouwang.cli.run_page import print_run

    console = results()
    print_run(console, shown)
    for household in chosen:
        console.print()
        console.rule(style="dim")
        print_household(console, shown.run, household)
    console.rule(style="dim")
    console.print(Text("接着可以试 Try next", style="bold"))
    shouwang = "shouwang" if shutil.which("shouwang") else ".venv/bin/shouwang"  # as it can be typed here
    for command in (
        f"{shouwang} explain {shown.run} {chosen[0] if chosen else 'HOUSEHOLD'} --lang en",
        f"{shouwang} policy show {POLICY}",
        f"{shouwang} screen {city} --as-of {JUNE} --out {shown.run.parent / 'again'} --policy kunming-2021",
    ):
        console.print(f"  {command}", soft_wrap=True)


def _draw(shown: "RunShown", chosen: list[str], path: Path) -> None:
    """The picture of the README: the tables and one household."""
    from shouwang.cli.explain import print_household
    from shouwang.cli.picture import Picture
    from shouwang.cli.run_page import print_changes, print_levels

    picture = Picture()
    picture.console.print("$ shouwang demo\n", style="dim")
    print_levels(picture.console, shown)
    print_changes(picture.console, shown)
    for household in chosen:
        print_household(picture.console, shown.run, household)
    picture.save(path, title="shouwang demo")
