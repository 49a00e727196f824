"""`shouwang load`."""

from pathlib import Path
from typing import Annotated

import typer

from shouwang.cli.office import open_office
from shouwang.cli.progress import progress
from shouwang.cli.terminal import results, say

PARTS = 1000


def load(
    city: Annotated[Path, typer.Argument(metavar="CITY", help="城市文件夹 folder with registry/ and extracts/")],
    run: Annotated[Path, typer.Argument(metavar="RUN", help="由它算出的筛查结果 a run made from it")],
) -> None:
    """把登记册和筛查的事实装进工作平台；可以重复运行。

    Bring the register and the facts of a run into the office. Can be repeated.

    例 Example：shouwang load kunming run-2020-06
    """
    open_office()
    from django.conf import settings
    from django.core.management import call_command

    from shouwang.office.audit.actor import SYSTEM
    from shouwang.office.registry.actions.loading import load as load_into
    from shouwang.office.reports.actions.counting import count_all

    with progress(f"载入 {run.name}") as bar:
        bar("load 建表", 0, PARTS)
        call_command("migrate", interactive=False, verbosity=0, skip_checks=True)

        def step(name: str, share: float | None) -> None:
            bar(f"load {name.split()[0]}", int((share or 0) * PARTS), PARTS)

        loaded = load_into(city, run, by=SYSTEM, step=step)
        bar("load 计数", PARTS, PARTS)
        count_all()
    settings.LOADED_CITY.write_text(str(city.resolve()), encoding="utf-8")
    for line in _told(loaded):
        say(results(), line)


def _told(loaded) -> list[str]:  # type: ignore[no-untyped-def]
    """What was written, in a few lines; nobody is named."""
    head = f"登记册 {loaded.month}：{loaded.households:,} 户 {loaded.people:,} 人，事实截至 {loaded.as_of}"
    if loaded.is_unchanged:
        return [head, "已经是这样，什么都没有改"]
    told, facts = loaded.register, loaded.facts
    lines = [
        head,
        f"写入 {told.households:,} 户、{told.people:,} 人；关闭 {told.closed:,} 户；"
        f"加入 {told.joined:,} 人次，变动 {told.ended:,} 人次",
        f"事实 {facts.sheets:,} 户，改动 {facts.changes:,} 个值；新矛盾 {loaded.contradictions:,} 条",
    ]
    if told.doubled:
        lines.append(f"{told.doubled:,} 人在登记册里同时属于两户：算在较新的一户，另一户记为已离开")
    if told.held:
        lines.append(f"{told.held:,} 户在登记册之后有新的变动，保持不动")
    return lines
