"""Visits of the responsible cadre while help runs: 走访."""

from django.db import models
from django.db.models import Q

from shouwang.office.casework.models.cases import Case


class FollowUp(models.Model):
    """One visit: who went, what was found, what is still needed."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="follow_ups")
    area_code = models.CharField(max_length=12)
    on = models.DateField()
    visitor = models.CharField(max_length=80)
    found = models.CharField(max_length=500)
    needed = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=40)
    recorded_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(visitor="") & ~Q(found=""), name="follow_up_says_something"),
        )
        indexes = (models.Index(fields=["case", "-on", "-id"], name="follow_ups_of_case"),)
