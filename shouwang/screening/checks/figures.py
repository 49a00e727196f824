"""The figures of the rules as in force on a day."""

from datetime import date
from pathlib import Path

from shouwang.rules.parameters import Parameter, read_parameters
from shouwang.screening.checks.rule import Figures

FILE = Path(__file__).parent / "figures.yaml"


def figures_of(in_force: date) -> Figures:
    """All figures by name. Errors: `ProgrammingError` where the file is broken or has no value for the day."""
    return Figures(**{name: int(parameter.number) for name, parameter in declared(in_force).items()})


def declared(in_force: date) -> dict[str, Parameter]:
    """The figures with their sources, for the page that lists them."""
    return dict(read_parameters([FILE], in_force))
