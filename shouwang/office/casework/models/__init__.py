"""Tables of casework."""

from shouwang.office.casework.models.cases import Assignee, Case, FormNumber, Step
from shouwang.office.casework.models.clocks import Escalation, Schedule
from shouwang.office.casework.models.decisions import Batch, Decision
from shouwang.office.casework.models.states import Closing, Origin, Procedure, State
from shouwang.office.casework.models.village import Evidence, Notice, Objection, Review, TownAudit
from shouwang.office.casework.models.visits import AssetQuestion, Authorisation, Visit, VisitFinding

__all__ = [
    "AssetQuestion",
    "Assignee",
    "Authorisation",
    "Batch",
    "Case",
    "Closing",
    "Decision",
    "Escalation",
    "Evidence",
    "FormNumber",
    "Notice",
    "Objection",
    "Origin",
    "Procedure",
    "Review",
    "Schedule",
    "State",
    "Step",
    "TownAudit",
    "Visit",
    "VisitFinding",
]
