"""Tables of the registry."""

from shouwang.office.registry.models.contradictions import Contradiction
from shouwang.office.registry.models.facts import EXITED_WITH_A_GAP, FACTS, FactBatch, FactChange, FactSheet
from shouwang.office.registry.models.households import Household, HouseholdLink
from shouwang.office.registry.models.life_events import LifeEvent
from shouwang.office.registry.models.people import Membership, Person

__all__ = [
    "EXITED_WITH_A_GAP",
    "FACTS",
    "Contradiction",
    "FactBatch",
    "FactChange",
    "FactSheet",
    "Household",
    "HouseholdLink",
    "LifeEvent",
    "Membership",
    "Person",
]
