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
    damage: Annotated[
        float,
        typer.Option(
            help="0 到 1：多少文件、多少单元格被人动过，真相仍读得出"
            " how many files and cells somebody handled; nothing is lost"
        ),
    ] = 0.0,
    identities: Annotated[
        float | None,
        typer.Option(
            help="多少行的姓名或证件号码有错；有 --damage 时默认 0.03，0 为只有不丢信息的损坏"
            " the share of rows with a wrong name or id: 0.03 with --damage, 0 for lossless damage alone",
            show_default=False,
        ),
    ] = None,
    *,
    out: Annotated[Path, typer.Option(help="写到哪个文件夹 the folder to write")],
) -> None:
    """造一座模型城市：登记册、各部门文件，和它们背后的真相。

    Make a model city: register, department files, and the truth behind them.

    例 Example：shouwang city --households 20000 --seed 7 --out kunming

    带损坏 damaged：shouwang city --households 20000 --damage 1 --out kunming
    """
    from shouwang.modelcity import asked, write_city

    started = time.perf_counter()
    with progress("造城") as step:
        write_city(out, households, seed, step, damage=asked(damage, identities))
    seconds = time.perf_counter() - started
    console = results()
    console.print(f"{out}：{households:,} 户，种子 {seed}，用时 {seconds:.1f} 秒。", soft_wrap=True)
    console.print(f"接着 Next：shouwang screen {out} --as-of 2020-06-30 --out run-2020-06", soft_wrap=True)
