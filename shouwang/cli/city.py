"""`shouwang city`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.progress import progress
from shouwang.cli.terminal import results


def city(
    households: Annotated[int, typer.Option(help="多少户 how many households", show_default=True)] = 20_000,
    seed: Annotated[int, typer.Option(help="种子：同一种子，同一座城 the same seed, the same city")] = 7,
    *,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹 the folder to write")],
) -> None:
    """造一座模型城市：登记册、各部门文件，和它们背后的真相。

    Make a model city: register, department files, and the truth behind them.

    例 Example：shouwang city --households 20000 --seed 7 --out kunming
    """
    from shouwang.modelcity import write_city

    started = time.perf_counter()
    with progress("造城") as step:
        write_city(out, households, seed, step)
    seconds = time.perf_counter() - started
    console = results()
    console.print(f"{out}：{households:,} 户，种子 {seed}，用时 {seconds:.1f} 秒。", soft_wrap=True)
    console.print(f"接着 Next：shouwang screen {out} --as-of 2020-06-30 --out run-2020-06", soft_wrap=True)
