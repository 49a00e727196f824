"""The figures help is held to: days until a plan, months until a fault, households of a leader."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path

from shouwang.rules.parameters import Parameter, read_parameters

FILE = Path(__file__).parent / "help_figures.yaml"


@cache
def help_figures(on: date) -> Mapping[str, Parameter]:
    """The figures in force on a day, by name. They decide no verdict, so no policy's version holds them."""
    return read_parameters([FILE], on)


def figure(name: str, on: date) -> int:
    """One figure as a whole number of its unit. Errors: `KeyError` for a name that is none."""
    return int(help_figures(on)[name].number)
