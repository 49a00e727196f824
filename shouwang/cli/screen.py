"""`shouwang screen`."""

from collections.abc import Callable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from shouwang.cli.progress import progress
from shouwang.cli.terminal import asides, results, say
from shouwang.terms.errors import UserError


class Engine(StrEnum):
    DUCKDB = "duckdb"
    SPARK = "spark"


def screen(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 folder with registry/ and extracts/")],
    as_of: Annotated[str, typer.Option(metavar="DATE", help="截至日期 as-of date, 2020-06-30")],
    out: Annotated[Path, typer.Option(metavar="RUN", help="结果写到哪个新文件夹 the new folder to write")],
    policy: Annotated[str, typer.Option(help="按哪份政策 which policy")] = "kunming-2020",
    engine: Annotated[Engine, typer.Option(help="计算引擎 engine")] = Engine.DUCKDB,
    previous: Annotated[Path | None, typer.Option(metavar="RUN", help="与哪次比较 the run to compare with")] = None,
) -> None:
    """一个月的筛查：读部门文件，逐户分级，写出理由。

    Screen a month: read the department files, grade every household, say why.

    例 Example：shouwang screen kunming --as-of 2020-06-30 --out run-2020-06 --previous run-2020-05
    """
    from shouwang.cli.run_page import RunShown, print_run
    from shouwang.policy import load

    day, rules = read_day(as_of), load(policy)
    _warn_of_other_years(day, rules.code, rules.in_force)
    told = run_screening(city, day, out, policy, engine=engine, previous=previous)
    print_run(results(), RunShown(told, rules, out, day, previous))


def run_screening(
    city: Path, as_of: date, out: Path, policy: str, *, engine: Engine = Engine.DUCKDB, previous: Path | None = None
) -> dict[str, Any]:
    """Screen with a bar. Returns the summary. Errors: `UserError`, `DataError`."""
    from shouwang.areas import kunming
    from shouwang.policy import load
    from shouwang.screening.run import Request, screen

    request = Request(city, as_of, out, load(policy), kunming(), previous, make_engine=_maker(engine))
    with progress(f"筛查 {as_of}") as step:
        return screen(request, step)


def _maker(engine: Engine) -> Callable[[Any], Any] | None:
    if engine is Engine.DUCKDB:
        return None
    try:
        from shouwang.screening.engine.spark import Spark
    except ImportError:
        raise UserError("没有安装 Spark", "运行 make spark，或用 --engine duckdb") from None
    return lambda _: Spark()


def read_day(text: str) -> date:
    """Errors: `UserError` unless written 2020-06-30."""
    try:
        if len(text) == len("2020-06-30"):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise UserError(f"--as-of 的值 {text!r} 不是日期", "写作 2020-06-30")


def _warn_of_other_years(as_of: date, code: str, in_force: date) -> None:
    """A policy may be tried on another time, but nobody should do so without knowing."""
    if as_of < in_force:
        found = f"截至日期 {as_of} 早于政策 {code} 的生效日 {in_force}：结果是回看，不是当时的认定"
    elif as_of.year > in_force.year:
        found = f"截至日期 {as_of} 晚于政策 {code} 所属的 {in_force.year} 年：看有没有新的政策（shouwang policy list）"
    else:
        return
    say(asides(), f"注意：{found}", indent=6, first=0)
