"""`shouwang explain`."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shouwang.cli.terminal import results

if TYPE_CHECKING:
    from rich.console import Console


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


def explain(
    run: Annotated[Path, typer.Argument(metavar="RUN", help="筛查结果的文件夹 the folder of a run")],
    household: Annotated[str, typer.Argument(metavar="HOUSEHOLD", help="户编号 household id, see RUN/warnings.csv")],
    lang: Annotated[Language, typer.Option(help="语言 language")] = Language.ZH,
) -> None:
    """一户为什么在这一级，凭哪些日期的哪些数据，怎样会变。

    Why a household has its level, by what data, and what would change it.

    例 Example：shouwang explain run-2020-06 H00264303862
    """
    print_household(results(), run, household, lang)


def print_household(console: "Console", run: Path, household: str, lang: str = "zh") -> None:
    """Print the explanation. Errors: `UserError` where the run or the household does not exist."""
    from shouwang.cli.household_page import print_explanation
    from shouwang.policy import load, names
    from shouwang.screening.explain import explain, policy_of

    code = policy_of(run)
    told = explain(run, household, load(code) if code in names() else None)
    print_explanation(console, told, lang)
