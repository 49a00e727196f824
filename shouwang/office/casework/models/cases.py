"""A case: one household on its way from a clue to help and out again."""

from django.db import models
from django.db.models import F, Q

from shouwang.office.casework.models.states import Closing, Origin, Procedure, State
from shouwang.office.registry.models.households import LEVELS, Household


class Case(models.Model):
    """Shape: one row per case; at most one open case per household. Never deleted: closed, with a day and a reason.

    `suspected_level` is what the screening says, `proposed_level` what village and township propose, `confirmed_level`
    what the county decided; they never mix. `clock_from` is the day the running procedure began; `next_due_on` and
    `holder_role` say what is due next and who holds it, kept here so that a list of the day is one index.
    `recheck_*` is a clock of its own, of a household already included: a later warning is more severe than the
    confirmed level, and the county has not said yet whether the level rises.
    Unknown: null, or an empty text.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="cases")
    area_code = models.CharField(max_length=12)
    state = models.CharField(max_length=20, choices=State.choices, default=State.CLUE)
    procedure = models.CharField(max_length=10, choices=Procedure.choices, default=Procedure.INCLUSION)
    origin = models.CharField(max_length=12, choices=Origin.choices)
    opened_on = models.DateField()
    receipt_number = models.CharField(max_length=24, blank=True)
    declared = models.TextField(blank=True)
    """What the household or the finder said, in their words; empty for a clue of the screening."""
    declared_how = models.CharField(max_length=20, blank=True)
    declared_needs = models.JSONField(default=list)
    """Codes of `needs.NEEDS`: what was said to be short, so that the visit asks about it."""

    suspected_level = models.SmallIntegerField(null=True)
    proposed_level = models.SmallIntegerField(null=True)
    confirmed_level = models.SmallIntegerField(null=True)
    national_type = models.CharField(max_length=30, blank=True)
    rules = models.JSONField(default=list)
    """Codes of the rules that fired, in the order of the warning."""
    sentence = models.CharField(max_length=600, blank=True)
    """The reasons in one sentence, as the most severe warning told them."""
    run_digest = models.CharField(max_length=64, blank=True)
    policy = models.CharField(max_length=40, blank=True)
    """Of that warning, for the events of the case; empty where nothing but words opened it."""

    clock_from = models.DateField()
    total_due_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    holder_role = models.CharField(max_length=40, blank=True)
    paused_since = models.DateField(null=True)
    paused_days = models.IntegerField(default=0)
    returned_on = models.DateField(null=True)
    """The day the case was last sent back for completion in this procedure."""

    recheck_warning = models.ForeignKey(
        "warnings.Warning", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    recheck_level = models.SmallIntegerField(null=True)
    recheck_due_on = models.DateField(null=True)

    included_on = models.DateField(null=True)
    removed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_as = models.CharField(max_length=10, choices=Closing.choices, blank=True)
    close_reason = models.CharField(max_length=200, blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="later")
    """The last closed case of the same household: a re-entry."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["household"], condition=Q(closed_on=None), name="case_open_once"),
            models.UniqueConstraint(
                fields=["receipt_number"], condition=~Q(receipt_number=""), name="case_receipt_number_once"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_as="") | (Q(closed_on__isnull=False) & ~Q(closed_as="")),
                name="case_closed_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, state__in=State.open())
                | Q(closed_on__isnull=False, state__in=State.ended()),
                name="case_closed_in_an_end_state",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_level=None, included_on=None)
                | Q(confirmed_level__isnull=False, included_on__isnull=False),
                name="case_confirmed_when_included",
            ),
            models.CheckConstraint(
                condition=(Q(suspected_level=None) | Q(suspected_level__in=LEVELS))
                & (Q(proposed_level=None) | Q(proposed_level__in=LEVELS))
                & (Q(confirmed_level=None) | Q(confirmed_level__in=LEVELS)),
                name="case_levels_one_to_five",
            ),
            models.CheckConstraint(
                condition=Q(removed_on=None) | Q(closed_as="removed", included_on__isnull=False),
                name="case_removed_was_included",
            ),
            models.CheckConstraint(condition=Q(paused_days__gte=0), name="case_paused_days_positive"),
            models.CheckConstraint(
                condition=Q(next_due_on=None, holder_role="") | (Q(next_due_on__isnull=False) & ~Q(holder_role="")),
                name="case_due_has_holder",
            ),
            models.CheckConstraint(
                condition=Q(recheck_warning=None, recheck_level=None, recheck_due_on=None)
                | Q(
                    recheck_warning__isnull=False,
                    recheck_due_on__isnull=False,
                    confirmed_level__isnull=False,
                    recheck_level__lt=F("confirmed_level"),
                    closed_on=None,
                ),
                name="case_recheck_is_more_severe",
            ),
        )
        indexes = (
            models.Index(
                fields=["holder_role", "area_code", "next_due_on"],
                name="case_due",
                condition=Q(next_due_on__isnull=False),
            ),
            models.Index(fields=["next_due_on", "id"], name="case_by_clock", condition=Q(next_due_on__isnull=False)),
            models.Index(
                fields=["recheck_due_on", "id"], name="case_by_recheck", condition=Q(recheck_due_on__isnull=False)
            ),
            models.Index(fields=["area_code", "id"], name="case_by_area"),
            models.Index(fields=["area_code", "id"], name="case_open_by_area", condition=Q(closed_on=None)),
            models.Index(fields=["state", "area_code", "id"], name="case_by_state"),
            models.Index(fields=["household", "-id"], name="case_of_household"),
        )

    def get_state_display(self) -> str:
        """Django's own translates every state to say one."""
        return str(State(self.state).label)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


class Assignee(models.Model):
    """One of the two people who go: who, from which side, since when. Shape: one current row per case and side."""

    class Side(models.TextChoices):
        VILLAGE = "village"
        TOWNSHIP = "township"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="assignees")
    side = models.CharField(max_length=8, choices=Side.choices)
    name = models.CharField(max_length=80)
    user_id = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "side"], condition=Q(until=None), name="assignee_one_per_side"),
        )


class Step(models.Model):
    """One transition that happened. Append-only; `due_on` is the deadline it met or missed, null where none."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="steps")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    action = models.CharField(max_length=24)
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20)
    on = models.DateField()
    due_on = models.DateField(null=True)
    reason = models.CharField(max_length=400, blank=True)
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=80)
    by_role = models.CharField(max_length=40)

    class Meta:
        indexes = (models.Index(fields=["case", "id"], name="steps_of_case"),)


class FormNumber(models.Model):
    """A form that was carried out: the same one sent again finds its number here, and nothing is done twice."""

    number = models.CharField(max_length=36, primary_key=True)
    action = models.CharField(max_length=40)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="+")
    by_id = models.CharField(max_length=40)
    at = models.DateTimeField(auto_now_add=True)
