"""A bar on standard error while something works; nothing where no person watches."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from shouwang.cli.terminal import asides

Step = Callable[[str, int, int], None]
NAMES = {
    "households": "造户与人",
    "files": "写部门文件",
    "damage": "写成部门交来的样子",
    "事实": "汇成事实",
    "分级": "分级并写理由",
    "load 建表": "建表",
    "load 登记册": "写户与人",
    "load 事实": "写事实",
    "load 索引": "建索引",
    "load 载入完成": "完成",
    "load 计数": "按地区计数",
}
"""Steps as people read them; other steps are datasets being read."""


@contextmanager
def progress(what: str) -> Iterator[Step]:
    """Yields what `write_city` and `screen` call as they go along."""
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.table import Column

    console = asides()
    columns = (
        TextColumn("{task.fields[what]}", style="bold"),
        BarColumn(bar_width=24, complete_style="cyan", finished_style="cyan", pulse_style="cyan"),
        TextColumn("{task.description}", table_column=Column(min_width=24)),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("开始", what=what, total=None)

        def step(name: str, done: int, total: int) -> None:
            described = f"{NAMES.get(name, f'读取 {name}')} {done:,}/{total:,}"
            bar.update(task, description=described, completed=done, total=total)

        yield step
