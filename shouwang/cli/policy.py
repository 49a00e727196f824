"""`shouwang policy`."""

from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.terminal import results, say
from shouwang.terms.errors import UserError

DEFAULT = "kunming-2020"
app = typer.Typer(no_args_is_help=True, rich_markup_mode="rich", pretty_exceptions_enable=False)


@app.callback()
def policy() -> None:
    """政策：有哪些，写了什么，例子对不对。

    Policies: which there are, what they say, whether examples hold.

    例 Example：shouwang policy list
    """


@app.command("list")
def list_policies() -> None:
    """有哪些政策，各自从哪天起生效。

    The policies there are, and since when each is in force.

    例 Example：shouwang policy list
    """
    from shouwang.cli.tables import calm_table
    from shouwang.policy import load, names

    table = calm_table("政策", "名称", "生效日", "版本")
    for name in names():
        one = load(name)
        table.add_row(one.code, one.zh, str(one.in_force), one.version)
    results().print(table)


@app.command("show")
def show(
    name: Annotated[str, typer.Argument(metavar="POLICY", help="政策代码 code of the policy")] = DEFAULT,
    markdown: Annotated[bool, typer.Option("--markdown", help="整本手册 the whole manual page, Markdown")] = False,
) -> None:
    """一份政策写了什么：级别、规则、迹象、数字和它们的来源。

    What a policy says: levels, rules, signs, figures and where they are from.

    例 Example：shouwang policy show kunming-2020
    """
    from shouwang.cli.policy_page import print_policy
    from shouwang.policy import load
    from shouwang.rules.manual import manual

    if markdown:
        print(manual(load(name)), end="")
    else:
        print_policy(results(), load(name))


@app.command("test")
def compare_examples(
    files: Annotated[list[Path], typer.Argument(metavar="FILE…", help="例子文件 examples in YAML")],
    policy: Annotated[str, typer.Option(help="例子没有写明政策时用哪份 for examples that name none")] = DEFAULT,
) -> None:
    """例子对不对：每个例子期望什么，得到什么。

    Whether examples hold; exit code 3 where one fails.

    例 Example：shouwang policy test examples.yaml --policy kunming-2020
    """
    from shouwang.policy import load
    from shouwang.policy.examples import run

    console = results()
    outcomes = run(files, load(policy))
    for one in outcomes:
        mark = "[green]对[/green] ok    " if one.passed else "[red]错[/red] failed"
        console.print(mark, end=" ")
        say(console, one.name, indent=10, first=0)
        if not one.passed:
            say(console, f"期望 {one.expected}", indent=10)
            say(console, f"得到 {one.got}", indent=10)
            say(console, f"{one.file} 第 {one.line} 行，{one.policy}", indent=10)
    failed = sum(not one.passed for one in outcomes)
    console.print(f"{len(outcomes):,} 个例子，{failed:,} 个不符。")
    if failed:
        raise typer.Exit(3)


@app.command("compare")
def compare(
    before: Annotated[str, typer.Argument(metavar="P", help="现行的政策 the policy in force")],
    after: Annotated[str, typer.Argument(metavar="Q", help="要比较的政策 the policy to try")],
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 folder with registry/ and extracts/")],
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="截至日期；不写则为最新登记册的月末")] = None,
    out: Annotated[Path | None, typer.Option(metavar="FOLDER", help="留下两次结果和变动名单的新文件夹")] = None,
) -> None:
    """换一份政策会怎样：谁进入预警，谁退出预警。

    What another policy would change: who enters the warnings, who leaves them.

    例 Example：shouwang policy compare kunming-2020 kunming-2021 kunming --as-of 2020-06-30 --out compared
    """
    import tempfile
    from contextlib import closing

    from shouwang.cli.compare_page import print_moves
    from shouwang.cli.screen import read_day, run_screening
    from shouwang.policy import load
    from shouwang.screening.engine import DuckDB
    from shouwang.screening.intake.survey import newest_register
    from shouwang.screening.run.compare import moves, write_movers

    policies = load(before), load(after)
    if before == after:
        raise UserError("两份政策是同一份", "给出两份不同的（shouwang policy list）")
    if out and out.exists():
        raise UserError(f"{out.name} 已经存在", "换一个新的文件夹名")
    day = read_day(as_of) if as_of else newest_register(city, None).last
    with tempfile.TemporaryDirectory(prefix=".compare-", dir=out.parent if out else city) as passing:
        folder = Path(passing) / "runs"
        folder.mkdir()
        for code in (before, after):
            run_screening(city, day, folder / code, code)
        with closing(DuckDB(Path(passing))) as db:
            found = moves(db, folder / before, folder / after)
            write_movers(db, folder / before, folder / after, folder / "movers.csv")
        if out:
            folder.rename(out)
    print_moves(results(), found, policies, day)
