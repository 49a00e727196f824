"""`shouwang receive`."""

import json
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.terminal import results
from shouwang.screening.datasets import CATALOGUE
from shouwang.terms.errors import DataError, UserError
from shouwang.terms.period import Month


def receive(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 city folder")],
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="部门交来的文件 files as departments sent them")],
    dataset: Annotated[str, typer.Option(help="内容说不清时指明数据集 the dataset, where content cannot say")] = "",
    month: Annotated[str, typer.Option(metavar="YYYY-MM", help="名册没有日期时指明月份 the month of a roll")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="经办人 who receives")] = "",
    agree: Annotated[bool, typer.Option("--agree", help="同意建议的列对应，以后照此 take proposed columns")] = False,
    share: Annotated[str, typer.Option(metavar="0.2", help="错行超过多少整份退回 refused above this share")] = "",
    on: Annotated[str, typer.Option(metavar="DATE", help="收到日期 received on; today where not given")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="机器可读 for scripts")] = False,
) -> None:
    """接收部门文件：认出是哪份、哪月，逐行核对，收下或退回，给出回复表。

    Receive department files: recognise, check, keep, put in place, and answer with a workbook.

    例 Example：shouwang receive kunming 医保*.xlsx --month 2020-06 --by 张某
    """
    from shouwang.areas import kunming
    from shouwang.cli.receive_page import print_sum, print_verdict
    from shouwang.policy import load
    from shouwang.screening.receiving import REFUSED, Request
    from shouwang.screening.receiving import receive as judged

    request = Request(
        city,
        _day(on),
        by,
        kunming(),
        load("kunming-2020").vocabulary,
        _dataset(dataset),
        _month(month),
        agree,
        _share(share),
    )
    console, verdicts = results(), []
    for verdict in judged(request, files):
        verdicts.append(verdict)
        if not as_json:
            print_verdict(console, verdict)
    if as_json:
        typer.echo(json.dumps([verdict.as_json() for verdict in verdicts], ensure_ascii=False, indent=1))
    else:
        print_sum(console, verdicts)
    if any(verdict.status == REFUSED for verdict in verdicts):
        raise typer.Exit(DataError.exit_code)


def _day(text: str) -> date:
    """Errors: `UserError` unless written 2020-06-30."""
    if not text:
        return datetime.now().astimezone().date()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UserError(f"--on 的值 {text!r} 不是日期", "写作 2020-06-30") from None


def _month(text: str) -> Month | None:
    try:
        return Month.parse(text) if text else None
    except ValueError:
        raise UserError(f"--month 的值 {text!r} 不是月份", "写作 2020-06") from None


def _dataset(text: str) -> str:
    """By code or by its Chinese name."""
    codes = {dataset.zh: code for code, dataset in CATALOGUE.items()} | {code: code for code in CATALOGUE}
    if text and text not in codes:
        raise UserError(f"没有数据集 {text!r}", f"写其中之一：{'、'.join(CATALOGUE)}")
    return codes[text] if text else ""


def _share(text: str) -> Fraction | None:
    try:
        share = Fraction(text) if text else None
    except (ValueError, ZeroDivisionError):
        share = Fraction(-1)
    if share is not None and not 0 <= share <= 1:
        raise UserError(f"--share 的值 {text!r} 不是 0 到 1 之间的比例", "写作 0.2")
    return share
