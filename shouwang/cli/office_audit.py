"""`shouwang audit`: proving the chain of events, offline; exporting and sealing it."""

from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.office import at_the_machine, open_tables
from shouwang.cli.terminal import results, say
from shouwang.terms.errors import DataError, Fault, UserError

app = typer.Typer(
    no_args_is_help=True,
    help="留痕：验证、导出、封存。\n\nThe audit: prove, export, seal.\n\n例 Example：shouwang audit verify chain.jsonl",
)


@app.command("verify")
def verify(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="导出的链 an exported chain")],
    head: Annotated[
        list[str] | None, typer.Option(metavar="HASH", help="某日留存的链首 a head kept on an earlier day")
    ] = None,
) -> None:
    """验证导出的链：一条也没有改、删、插、换位；不需要数据库。

    Prove an exported chain; needs no database.

    例 Example：shouwang audit verify chain.jsonl --head 5f1c…
    """
    from shouwang.office.audit.proving import prove

    if not file.is_file():
        raise UserError(f"没有文件 {file}", "给出 shouwang audit export 写的文件")
    with file.open(encoding="utf-8", errors="replace") as lines:
        proof = prove(lines, kept_heads=head or ())
    if proof.broken_at is not None:
        before = f"；此前 {proof.events:,} 条完好，最后一条在 {proof.last_sound_at}" if proof.last_sound_at else ""
        cure = "保全这个文件和数据库，报审计部门；与留存的备份比对"
        raise DataError([Fault(f"{proof.why}{before}", cure, f"{file.name} 第 {proof.broken_at} 号")])
    say(results(), f"{proof.events:,} 条，链完好。链首：")
    results().print(proof.head, soft_wrap=True)


@app.command("export")
def export(file: Annotated[Path, typer.Argument(metavar="FILE", help="写到哪里 where to write")]) -> None:
    """封存，再导出整条链。

    Seal, then write the whole chain.

    例 Example：shouwang audit export chain.jsonl
    """
    open_tables()
    from shouwang.office.audit.actions.recording import record
    from shouwang.office.audit.actions.sealing import seal_all
    from shouwang.office.audit.exporting import export as write
    from shouwang.office.audit.verbs import Verb

    by = at_the_machine()
    record(Verb.EXPORTED, by=by, subject=("chain", ""))
    seal_all()
    count, head = write(file, by=by)
    say(results(), f"{file}：{count:,} 条。把链首抄在别处，日后可证没有重做：")
    results().print(head, soft_wrap=True)


@app.command("seal")
def seal() -> None:
    """封存还没有封存的事件；serve 平时自己做。

    Seal what is not sealed yet; serve does so by itself.

    例 Example：shouwang audit seal
    """
    open_tables()
    from shouwang.office.audit.actions.sealing import seal_all

    say(results(), f"封存 {seal_all():,} 条")
