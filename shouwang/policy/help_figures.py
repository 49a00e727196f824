"""The figures the office is held to: those of help, and how far from today a day may lie that somebody writes down."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from shouwang.rules.parameters import Parameter, read_parameters

HERE = Path(__file__).parent
FILES = (HERE / "help_figures.yaml", HERE / "day_figures.yaml")


@cache
def help_figures(on: date) -> Mapping[str, Parameter]:
    """The figures in force on a day, by name. They decide no verdict, so no policy's version holds them."""
    return read_parameters(FILES, on)


def figure(name: str, on: date) -> int:
    """One figure as a whole number of its unit. Errors: `KeyError` for a name that is none."""
    return int(help_figures(on)[name].number)
