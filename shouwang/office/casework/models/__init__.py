"""Tables of casework."""

from shouwang.office.casework.models.beside import Announcement, SideClock
from shouwang.office.casework.models.cases import Assignee, Case, FormNumber, Step
from shouwang.office.casework.models.clocks import Escalation, Schedule
from shouwang.office.casework.models.decisions import Batch, Decision
from shouwang.office.casework.models.effects import Baseline, Effect
from shouwang.office.casework.models.evidence import Evidence
from shouwang.office.casework.models.follow_ups import FollowUp
from shouwang.office.casework.models.measures import Measure
from shouwang.office.casework.models.payments import Payment
from shouwang.office.casework.models.plans import Cadre, Plan
from shouwang.office.casework.models.rescues import Rescue
from shouwang.office.casework.models.states import Closing, Origin, Procedure, State
from shouwang.office.casework.models.village import Notice, Objection, Review, TownAudit
from shouwang.office.casework.models.visits import AssetQuestion, Authorisation, Visit, VisitFinding

__all__ = [
    "Announcement",
    "AssetQuestion",
    "Assignee",
    "Authorisation",
    "Baseline",
    "Batch",
    "Cadre",
    "Case",
    "Closing",
    "Decision",
    "Effect",
    "Escalation",
    "Evidence",
    "FollowUp",
    "FormNumber",
    "Measure",
    "Notice",
    "Objection",
    "Origin",
    "Payment",
    "Plan",
    "Procedure",
    "Rescue",
    "Review",
    "Schedule",
    "SideClock",
    "State",
    "Step",
    "TownAudit",
    "Visit",
    "VisitFinding",
]
