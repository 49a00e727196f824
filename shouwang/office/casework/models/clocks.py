"""Deadlines of a county, and what was passed upwards because it was late."""

from django.db import models
from django.db.models import F, Q

from shouwang.office.casework.models.cases import Case


class Schedule(models.Model):
    """Days from the clue until each step should be done, in a county, for procedures that begin on `since` or later."""

    area_code = models.CharField(max_length=12)
    since = models.DateField()
    assigned = models.PositiveSmallIntegerField(default=1)
    visited = models.PositiveSmallIntegerField(default=3)
    compared = models.PositiveSmallIntegerField(default=6)
    reviewed = models.PositiveSmallIntegerField(default=7)
    noticed = models.PositiveSmallIntegerField(default=7)
    notice_days = models.PositiveSmallIntegerField(default=5)
    audited = models.PositiveSmallIntegerField(default=13)
    decided = models.PositiveSmallIntegerField(default=15)
    measures = models.PositiveSmallIntegerField(default=10)
    """Days from the inclusion until measures are decided."""
    told = models.PositiveSmallIntegerField(default=3)
    """Days from a refusal until the household is told."""
    rechecked = models.PositiveSmallIntegerField(default=15)
    """Days from a warning more severe than the confirmed level until the county says whether the level rises."""
    announced = models.PositiveSmallIntegerField(default=1)
    """Days from the county's decision until its result hangs in the village."""
    entered = models.PositiveSmallIntegerField(default=3)
    """Days from the county's decision until it is entered in the national system."""
    completion = models.PositiveSmallIntegerField(default=2)
    """Days a case sent back has at least, within the total."""
    warn = models.PositiveSmallIntegerField(default=2)
    to_county = models.PositiveSmallIntegerField(default=3)
    """Days late after which the county is told too."""
    set_by = models.CharField(max_length=40)
    set_by_name = models.CharField(max_length=80)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["area_code", "since"], name="schedule_once_per_county_and_day"),
            models.CheckConstraint(condition=Q(notice_days__gte=5), name="schedule_notice_five_days"),
            models.CheckConstraint(
                condition=Q(
                    assigned__lte=F("visited"),
                    visited__lte=F("compared"),
                    compared__lte=F("reviewed"),
                    reviewed__lte=F("noticed"),
                    audited__gt=F("noticed") + F("notice_days"),
                    audited__lte=F("decided"),
                ),
                name="schedule_steps_in_order",
            ),
        )


class Escalation(models.Model):
    """A step that was late and went one level up. Shape: one row per case, procedure, step and level.

    `state` says what was late: the step after that state, or `RESCUE`, the paper of a rescue, whatever the state.
    """

    RESCUE = "rescue"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="escalations")
    area_code = models.CharField(max_length=12)
    procedure = models.CharField(max_length=10)
    state = models.CharField(max_length=20)
    to_role = models.CharField(max_length=40)
    due_on = models.DateField()
    on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "state", "to_role", "due_on"], name="escalation_once"),)
        indexes = (
            models.Index(
                fields=["to_role", "area_code", "due_on"], name="escalations_open", condition=Q(ended_on=None)
            ),
        )
