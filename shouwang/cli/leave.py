"""`shouwang leave`."""

from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.office import at_the_machine, open_tables
from shouwang.cli.progress import progress
from shouwang.cli.terminal import results, say

PARTS = 1000


def leave(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 folder with registry/ and extracts/")],
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="哪个月 the month to write")],
) -> None:
    """把工作平台的登记册和入户核实写回城市文件夹，下一次筛查就会读到；可以重复运行。

    Write the office's register and what visits found back into the city, for the next screening. Can be repeated.

    例 Example：shouwang leave kunming --month 2020-07
    """
    open_tables()
    from shouwang.office.casework.actions.leaving import leave as leave_into

    with progress(f"写回 {month}") as bar:
        leave_into(
            city,
            month,
            by=at_the_machine(),
            step=lambda name, share: bar(name, int((share or 0) * PARTS), PARTS),
        )
    say(results(), f"写回 {city}：registry/{month}，extracts/visits/{month}.parquet")
