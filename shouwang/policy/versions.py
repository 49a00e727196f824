"""The policies by name: the same files of figures and the same dated rules, read at the day each came into force."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from shouwang.policy.measures import LEVEL_NAMES, families
from shouwang.policy.rules import (
    guarantees,
    hardship,
    income,
    labour,
    monitoring_line_2020,
    monitoring_line_2021,
    national,
    poverty,
    signs,
    spending,
    standing,
)
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.rules.assembly import Outline, assemble
from shouwang.rules.definitions import RuleDefinition
from shouwang.rules.parameters import Parameter, read_parameters
from shouwang.rules.policy import Policy
from shouwang.terms.errors import UserError

PARAMETERS = Path(__file__).parent / "parameters"

DERIVED = (
    income.current_income,
    income.income_per_person,
    income.rigid_spending_total,
    income.reference_income,
    monitoring_line_2020.monitoring_line,
    monitoring_line_2021.monitoring_line,
    spending.burden,
    spending.burden_limit,
    guarantees.guarantee_broken,
)
RULES = (
    poverty.fallen_poor,
    guarantees.guarantee_gap,
    hardship.sudden_hardship,
    labour.below_line,
)
SIGNS = (
    signs.burden_half_limit,
    signs.new_severe_disability,
    signs.guarantee_is_broken,
    signs.loan_overdue,
    signs.income_contradiction,
    signs.no_member,
    signs.no_head,
)
NATIONAL_TYPES = (national.exited_unstable, national.on_the_edge, national.in_sudden_hardship)


@dataclass(frozen=True)
class Version:
    """A published policy: its names, its first day, and the file of figures it no longer, or not yet, has."""

    code: str
    zh: str
    en: str
    in_force: date
    without: str = "line_factor.yaml"


VERSIONS = (
    Version(
        "kunming-2020",
        "昆明市精准防贫监测预警 2020",
        "Kunming poverty-prevention warning, 2020",
        date(2020, 6, 1),
        without="monitoring_range.yaml",
    ),
    Version("kunming-2021", "昆明市防返贫监测 2021", "Kunming monitoring, 2021", date(2021, 1, 1)),
    Version("kunming-2022", "昆明市防返贫监测 2022", "Kunming monitoring, 2022", date(2022, 1, 1)),
    Version("kunming-2023", "昆明市防返贫监测 2023", "Kunming monitoring, 2023", date(2023, 1, 1)),
    Version("kunming-2024", "昆明市防返贫监测 2024", "Kunming monitoring, 2024", date(2024, 1, 1)),
)


def names() -> tuple[str, ...]:
    """The policies there are, oldest first."""
    return tuple(version.code for version in VERSIONS)


@cache
def load(name: str) -> Policy:
    """The policy of this name. Errors: `UserError` with the known names for any other."""
    for version in VERSIONS:
        if version.code == name:
            return _policy(version)
    raise UserError(f"没有政策 {name!r} (unknown policy)", f"用其中之一 (use one of): {'、'.join(names())}")


def _policy(version: Version) -> Policy:
    files = [path for path in PARAMETERS.glob("*.yaml") if path.name != version.without]
    return assembled(version, read_parameters(files, version.in_force))


def assembled(version: Version, parameters: Mapping[str, Parameter]) -> Policy:
    """The version with these figures: those it was published with, or others to be tried on the same households."""
    outline = Outline(
        code=version.code,
        zh=version.zh,
        en=version.en,
        enough_income=standing.enough_income,
        guarantees_met=standing.guarantees_met,
        watched=standing.watched,
        level_names=LEVEL_NAMES,
        measures=families(parameters),
    )
    return assemble(
        outline,
        in_force=version.in_force,
        vocabulary=VOCABULARY,
        parameters=parameters,
        derived=DERIVED,
        rules=(*RULES, _no_labour(parameters)),
        signs=SIGNS,
        national_types=NATIONAL_TYPES,
    )


def _no_labour(parameters: Mapping[str, Parameter]) -> RuleDefinition:
    """The rule as the switch says, so that a reason holds no value that was not looked at."""
    return labour.no_labour_or_on_transfers if parameters["transfer_counts"].value else labour.no_labour
