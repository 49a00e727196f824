"""`shouwang import` and `shouwang export`: national lists in, national lists out."""

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shouwang.cli.progress import progress
from shouwang.cli.tables import RIGHT, calm_table, count
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import UserError
from shouwang.terms.period import Month

if TYPE_CHECKING:
    from shouwang.screening.register_lists.importing import Imported


class Kind(StrEnum):
    NAMES = "names"
    PEOPLE = "people"
    HOMES = "homes"


MonthOption = Annotated[str, typer.Option("--month", metavar="MONTH", help="登记册的月份 month, 2020-06")]


def import_lists(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 city folder")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="名单文件 the lists")],
    month: MonthOption,
    kind: Annotated[
        Kind | None, typer.Option(help="哪种名单，默认按表头认 names 人口名单, people 人员信息表, homes 户信息表")
    ] = None,
) -> None:
    """导入全国系统的名单，成为一个月的登记册；原有的登记册保留。

    Import national lists as the register of a month; a former one is kept.

    例 Example：shouwang import kunming 已脱贫人口名单.xlsx 户信息表.xlsx --month 2020-06
    """
    from shouwang.areas import kunming
    from shouwang.screening.datasets.national_lists import ListKind
    from shouwang.screening.register_lists.importing import import_lists as run_import

    wanted = ListKind(kind.value) if kind else None
    with progress(f"导入 {month}") as step:
        told = run_import(city, files, read_month(month), kunming(), wanted, step)
    _print_import(told, city)


def export_list(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 city folder")],
    month: MonthOption,
    kind: Annotated[Kind, typer.Option(help="哪种名单 which list")],
    out: Annotated[Path, typer.Option(metavar="FILE", help="写到哪个文件，.xlsx 或 .csv the file to write")],
) -> None:
    """导出导入过的名单：原来的列，原来的次序，原来的每一格。

    Export a list that was imported: the same columns, order and cells.

    例 Example：shouwang export kunming --month 2020-06 --kind names --out 名单.xlsx
    """
    from shouwang.screening.datasets.national_lists import ListKind
    from shouwang.screening.register_lists.exporting import export_list as run_export

    rows = run_export(city, read_month(month), ListKind(kind.value), out)
    say(results(), f"{out}：{rows:,} 行")


def read_month(text: str) -> Month:
    """Errors: `UserError` unless written 2020-06."""
    try:
        return Month.parse(text)
    except ValueError:
        raise UserError(f"--month 的值 {text!r} 不是月份", "写作 2020-06") from None


def _print_import(told: "Imported", city: Path) -> None:
    console = results()
    table = calm_table("文件", "名单", f"{RIGHT}读到", f"{RIGHT}已用", f"{RIGHT}隔离", "只保留、不理解的列")
    for file in told.files:
        figures = (count(file.read), count(file.used), count(file.quarantined))
        table.add_row(file.label, file.kind.zh, *figures, "、".join(file.kept_only) or "无")
    console.print(table)
    console.print()
    for file in told.files:
        for said in file.repairs:
            say(console, f"{file.label}：{said}", indent=2, first=0)
    folder, rows = city / "registry" / str(told.month), told.rows
    say(
        console,
        f"登记册 {folder}：{rows['households']:,} 户，{rows['members']:,} 人，{rows['incomes']:,} 户有收入",
    )
    if any(file.quarantined for file in told.files):
        say(console, f"没有用上的行：{folder / 'quarantine.csv'}")
    if told.notes:
        say(console, f"{told.notes:,} 格没有看懂，按未知处理：{folder / 'notes.csv'}")
    if told.superseded:
        say(console, f"原来的登记册留在 {city / told.superseded}")
