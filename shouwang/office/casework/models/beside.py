"""Clocks that run beside the state of a case, and the sheet that tells a village what the county decided."""

from django.db import models
from django.db.models import Q

from shouwang.office.casework.models.cases import Case
from shouwang.office.casework.models.states import Procedure


class Announcement(models.Model):
    """One result sheet in a village, in the township's name: 结果公告. `sheet` is what hung there, word for word."""

    area_code = models.CharField(max_length=12)
    posted_on = models.DateField()
    place = models.CharField(max_length=80)
    sheet = models.JSONField()
    posted_by = models.CharField(max_length=40)
    posted_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(place=""), name="announcement_hangs_somewhere"),)


class SideClock(models.Model):
    """What is due of a case while its state goes on or stands still. Shape: one open row per case and step.

    `step` is one of `transitions.SIDE`. `ended_on` is the day the office knew; `done_on` the day it was really done,
    null where nobody did it: the household is no more, or a later decision took its place.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="side_clocks")
    area_code = models.CharField(max_length=12)
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    step = models.CharField(max_length=12)
    holder_role = models.CharField(max_length=40)
    started_on = models.DateField()
    due_on = models.DateField()
    ended_on = models.DateField(null=True)
    done_on = models.DateField(null=True)
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, null=True, related_name="announced")
    national_number = models.CharField(max_length=40, blank=True)
    """The number the household has in the national system, where somebody wrote it down."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "step"], condition=Q(ended_on=None), name="side_clock_open_once_per_step"
            ),
            models.CheckConstraint(
                condition=Q(announcement=None) | Q(step="announced", done_on__isnull=False),
                name="side_clock_announced_by_a_sheet",
            ),
            models.CheckConstraint(
                condition=Q(national_number="") | Q(step="entered", done_on__isnull=False),
                name="side_clock_entered_under_a_number",
            ),
        )
        indexes = (
            models.Index(
                fields=["holder_role", "area_code", "due_on"],
                name="side_clocks_due",
                condition=Q(ended_on=None),
            ),
            models.Index(fields=["case", "-id"], name="side_clocks_of_case"),
        )
