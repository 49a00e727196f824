"""`shouwang check`."""

from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.progress import progress
from shouwang.cli.screen import read_day
from shouwang.cli.terminal import asides, results, say


def check(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 folder with registry/")],
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="截至日期，默认最新登记册的月末 as-of date")] = None,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="工作簿写到哪里，默认 CITY/checks/<日期> the new folder")
    ] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="RUN", help="用哪次筛查的事实，供保障类规则 a run whose facts to use")
    ] = None,
) -> None:
    """核对登记册：数据之间的矛盾、缺项，按规则与县列出，每个乡镇一本工作簿。

    Check the register for contradictions and gaps: a table by rule and county, a workbook per town.

    例 Example：shouwang check kunming --as-of 2020-06-30 --run run-2020-06
    """
    from shouwang.areas import kunming
    from shouwang.cli.check_page import print_checked
    from shouwang.screening.checks.material import gather, run_day
    from shouwang.screening.checks.report import write_report
    from shouwang.screening.checks.run import check as run_rules
    from shouwang.screening.intake.folder import published, require_free, scratch

    material = gather(city, read_day(as_of) if as_of else None, run)
    if run and run_day(run) != str(material.as_of):
        say(asides(), f"注意：{run.name} 截至 {run_day(run)}，核对截至 {material.as_of}", indent=6, first=0)
    folder = out or free_folder(city, str(material.as_of))
    require_free(folder)
    tree = kunming()
    with progress(f"核对 {material.as_of}") as step, scratch(city) as aside, published(folder) as partial:
        checked = run_rules(material, aside, step)
        books = write_report(checked, tree, partial, step)
    print_checked(results(), checked, tree, folder, books)


def free_folder(city: Path, day: str) -> Path:
    """A folder of that day inside CITY; the second of a day is numbered."""
    parent = city / "checks"
    parent.mkdir(mode=0o700, exist_ok=True)
    names = [day, *(f"{day}-{n}" for n in range(2, 1000))]
    return next(parent / name for name in names if not (parent / name).exists())
