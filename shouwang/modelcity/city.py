"""A whole model city, written chunk by chunk into a folder that exists complete or not at all."""

import shutil
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import chunk, guarantees, households, ids, months, places
from shouwang.modelcity.damage.city import damage_files
from shouwang.modelcity.damage.rates import Damage
from shouwang.modelcity.departments import (
    dwellings,
    education,
    fieldwork,
    hazards,
    medicine,
    property,
    welfare,
    work,
)
from shouwang.modelcity.register import Register
from shouwang.modelcity.truth import Truth
from shouwang.modelcity.writing import DepartmentFiles
from shouwang.terms.errors import UserError

Progress = Callable[[str, int, int], None]
SMALLEST, BIGGEST = 200, 4_000_000
WHOLE = Damage()
MOST_IDENTITIES = 0.5
"""Above this share of wrong ids a file is no list of people any more."""


def write_city(
    out: Path, households: int, seed: int, progress: Progress | None = None, *, damage: Damage = WHOLE
) -> None:
    """Write registry/, extracts/ and truth/ under `out`; the same arguments give the same bytes.

    Damage changes extracts/ and adds to truth/: people, register and truth are those of the city without it.

    Units: `progress` is called with a step, how much of it is done, and how much there is.
    Errors: `UserError` if `out` exists and is not empty, or the number of households or the seed cannot be.
    """
    out = out.absolute()
    _check(out, households, seed, damage)
    partial = out.parent / f".{out.name}.partial"
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True, mode=0o700)
    try:
        _write(partial, places.plan(households, seed), damage, progress or _silent)
        partial.rename(out)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise


def _silent(step: str, done: int, total: int) -> None:
    """Progress nobody watches."""


def _check(out: Path, households: int, seed: int, damage: Damage) -> None:
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise UserError("输出文件夹已存在且不为空", "换一个新的文件夹，或先清空它")
    if not SMALLEST <= households <= BIGGEST:
        raise UserError(f"户数 {households} 超出范围", f"户数应在 {SMALLEST} 与 {BIGGEST} 之间")
    if not 0 <= seed < 2**31:
        raise UserError(f"种子 {seed} 超出范围", "种子应是 0 与 2147483647 之间的整数")
    if not (0 <= damage.files <= 1 and 0 <= damage.identities <= MOST_IDENTITIES):
        raise UserError(
            "损坏的程度超出范围", f"--damage 应在 0 与 1 之间，--identities 应在 0 与 {MOST_IDENTITIES} 之间"
        )


def _write(folder: Path, plan: places.Plan, damage: Damage, progress: Progress) -> None:
    if damage.is_none:
        _write_clean(folder, plan, DepartmentFiles(folder / "extracts"), progress)
        return
    rows = folder / "rows"
    _write_clean(folder, plan, DepartmentFiles(rows, only_parquet=True), progress)
    (folder / "extracts").mkdir()
    (rows / "visits").rename(folder / "extracts" / "visits")
    damage_files(folder, rows, damage=damage, seed=plan.seed, progress=progress)
    shutil.rmtree(rows)


def _write_clean(folder: Path, plan: places.Plan, files: DepartmentFiles, progress: Progress) -> None:
    with ExitStack() as open_files:
        registers = [Register(folder / "registry", month, seed=plan.seed) for month in months.ROLL_MONTHS]
        truth = Truth(folder / "truth")
        for writer in (files, *registers):
            open_files.callback(writer.abandon)
        open_files.callback(truth.close)
        _write_chunks(plan, files, registers, truth, progress)
        for register in registers:
            register.close()
        files.close(progress)


def _write_chunks(
    plan: places.Plan, files: DepartmentFiles, registers: list[Register], truth: Truth, progress: Progress
) -> None:
    book, water = ids.IdBook(), guarantees.draw_water(plan)
    dwellings.write_water(plan, water, files)
    for number in range(-(-plan.households // households.CHUNK)):
        drawn = chunk.draw(households.draw(plan, number), book, files, water)
        for register in registers:
            register.add(drawn)
        truth.add(drawn, write_departments(drawn))
        progress("households", min((number + 1) * households.CHUNK, plan.households), plan.households)


def write_departments(drawn: chunk.Chunk) -> dict[str, NDArray[np.int64]]:
    """Write the rows of all departments. Answers what they wrote of each household (see truth.SPENT), and `visited`."""
    spent = {**medicine.write(drawn), **education.write(drawn), **hazards.write(drawn), **fieldwork.write(drawn)}
    for department in (welfare, work, dwellings, property):
        department.write(drawn)
    return spent
