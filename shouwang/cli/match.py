"""`shouwang match`."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from shouwang.cli.terminal import results
from shouwang.terms.errors import UserError

if TYPE_CHECKING:
    from shouwang.screening.linkage.reading import ListFile

SIDES = ("left", "right")


def match(
    left: Annotated[Path, typer.Argument(metavar="LEFT", help="左表 a list of people: XLSX, XLS, CSV, TXT, ZIP")],
    right: Annotated[
        Path, typer.Argument(metavar="RIGHT", help="右表；与左表同一文件即表内查重 the same file: duplicates")
    ],
    out: Annotated[Path, typer.Option(metavar="OUT", help="结果写到哪个新文件夹 the new folder to write")],
    columns: Annotated[
        Path | None, typer.Option(metavar="FILE", help="哪一列是什么（YAML） which column is what; else by headers")
    ] = None,
) -> None:
    """比对两份名单：哪些行是同一人，哪些存疑，哪些只在一边。

    Compare two lists of people: which rows are one person, which are doubtful, which stand alone.

    例 Example：shouwang match 低保名单.xlsx 死亡名单.csv --out 比对结果
    """
    from shouwang.screening.intake import folder
    from shouwang.screening.linkage.compare import compare
    from shouwang.screening.linkage.match_report import write_report

    for path in (left, right):
        if not path.is_file():
            raise UserError(f"没有这个文件：{path.name}", "检查路径")
    folder.require_free(out)
    wanted = _wanted(columns)
    is_one = left.resolve() == right.resolve()
    with folder.published(out) as partial, folder.scratch(partial) as scratch:
        files = _opened([left] if is_one else [left, right], wanted, scratch)
        found = compare(files[0], None if is_one else files[1], scratch)
        told = write_report(found, files[0], files[-1], partial)
        found.con.close()
    _print(told, out)


def _wanted(path: Path | None) -> Mapping[str, Mapping[str, Any]] | None:
    """Side → field → columns. Errors: `UserError` where the file is not such a map."""
    if path is None:
        return None
    import yaml

    try:
        read = yaml.safe_load(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise UserError(f"读不出 {path.name}", "写成 YAML，如：name: 姓名") from None
    if not isinstance(read, dict) or not read:
        raise UserError(f"{path.name} 里没有列的对应", "写成 YAML，如：name: 姓名")
    if set(read) <= set(SIDES):
        if not all(isinstance(of, dict) for of in read.values()) or set(read) != set(SIDES):
            raise UserError(f"{path.name} 的 left 和 right 要各写一份对应", "如：left: {name: 姓名}")
        return read
    return dict.fromkeys(SIDES, read)


def _opened(paths: list[Path], wanted: Mapping[str, Mapping[str, Any]] | None, scratch: Path) -> "list[ListFile]":
    """The lists, opened and understood. Errors: `DataError` of a file, `UserError` of all columns at once."""
    from shouwang.screening.intake.opening import open_file
    from shouwang.screening.linkage import headers
    from shouwang.screening.linkage.reading import ListFile

    files, faults = [], []
    for side, said, path in zip(SIDES, ("左表", "右表"), paths, strict=False):
        place = scratch / side
        place.mkdir()
        opened = open_file(path, scratch=place)
        if wanted is None:
            found, wrong = headers.recognised(opened.headers), []
        else:
            found, wrong = headers.named(opened.headers, wanted[side], said)
        if not wrong and not set(found.places) & {"name", "id_number"}:
            wrong = [f"{said}：没有认出姓名或证件号码的列"]
        faults += wrong
        files.append(ListFile(opened, found))
    if faults:
        raise UserError("；".join(faults), "用 --columns 写明哪一列是什么，如：name: 姓名")
    return files


def _print(told: Mapping[str, Any], out: Path) -> None:
    console = results()
    pairs, alone = told["pairs"], told["alone"]
    sides = "，".join(
        f"只在{zh}表 {alone[side]:,} 行" for side, zh in (("left", "左"), ("right", "右")) if side in alone
    )
    if told["within_one_list"]:
        sides = f"没有重复的 {alone['left']:,} 行"
    console.print(f"一致 {pairs['linked']:,} 对，存疑 {pairs['doubtful']:,} 对，{sides}。", soft_wrap=True)
    if not told["has_learnt"]:
        console.print("按通用的比对参数计算（名单较短，或有身份证号）。", soft_wrap=True)
    console.print(f"{out}：pairs.csv、match.xlsx、summary.json", soft_wrap=True)
