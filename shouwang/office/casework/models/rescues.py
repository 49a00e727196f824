"""Rescue first, paper after: help given before anything was decided."""

from django.db import models
from django.db.models import Q

from shouwang.office.registry.models import Household


class Rescue(models.Model):
    """Help after a disaster or an accident, before any procedure. It identifies nobody: only the county does.

    `due_on` is the day by which the county must have decided; `queries/rescues.py` finds whether it has. `settled_on`
    is the day that was noticed, so that old ones are not asked about for ever; null may still be settled.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="rescues")
    area_code = models.CharField(max_length=12)
    on = models.DateField()
    code = models.CharField(max_length=24)
    reason = models.CharField(max_length=300)
    authorised_by = models.CharField(max_length=80)
    authorised_post = models.CharField(max_length=80)
    due_on = models.DateField()
    settled_on = models.DateField(null=True)
    recorded_by = models.CharField(max_length=40)
    recorded_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(authorised_by="") & ~Q(authorised_post="") & ~Q(reason=""), name="rescue_authorised"
            ),
        )
        indexes = (
            models.Index(fields=["area_code", "due_on", "id"], name="rescue_by_area"),
            models.Index(fields=["household", "-id"], name="rescues_of_household"),
            models.Index(fields=["area_code", "due_on"], name="rescues_unsettled", condition=Q(settled_on=None)),
        )
