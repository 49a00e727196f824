"""`shouwang settle`."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.terminal import results
from shouwang.terms.errors import UserError


def settle(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 folder with registry/ and extracts/")],
    workbook: Annotated[Path, typer.Argument(metavar="WORKBOOK", help="填好的存疑清单 the doubtful.xlsx, filled in")],
    by: Annotated[
        str, typer.Option(metavar="NAME", help="经办人（表里没写的行） who decided, where the sheet does not say")
    ],
    on: Annotated[str, typer.Option(metavar="DATE", help="决定的日期 the day, 2020-07-02")],
) -> None:
    """把人定下的存疑匹配存进 CITY/decisions，下次筛查照此办理。

    Keep what people decided on doubtful matches; the next screening goes by it.

    例 Example：shouwang settle kunming kunming/matching/2020-06-30/doubtful.xlsx --by 李某 --on 2020-07-02
    """
    from shouwang.screening.linkage.settling import settle as keep

    if not city.is_dir():
        raise UserError(f"没有这个文件夹：{city.name}", "检查路径")
    if not workbook.is_file():
        raise UserError(f"没有这个文件：{workbook.name}", "检查路径")
    if not by.strip():
        raise UserError("--by 是空的", "写上经办人")
    path, counted = keep(city, workbook, by=by.strip(), on=_day(on))
    console = results()
    if path is None:
        console.print("“决定”一列都是空的：没有要存的。", soft_wrap=True)
        return
    told = "，".join(f"{verdict} {number}" for verdict, number in counted.items())
    console.print(f"已存 decisions/{path.name}：{told}。下次筛查照此办理。", soft_wrap=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"--on 的值 {text!r} 不是日期", "写作 2020-07-02") from None
