"""A signed word that a household need not be warned about again for a while."""

from django.db import models
from django.db.models import F, Q

from shouwang.office.registry.models import Household


class Suppression(models.Model):
    """From `since` until (not including) `until`: no new clue of this household by this rule; empty: by any rule.

    With a fingerprint it holds only while rules and values stay as they were. Ended early by somebody, never deleted.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="suppressions")
    area_code = models.CharField(max_length=12)
    rule = models.CharField(max_length=60, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    reason = models.CharField(max_length=300)
    since = models.DateField()
    until = models.DateField()
    signed_by = models.CharField(max_length=40)
    signed_by_name = models.CharField(max_length=80)
    signed_at = models.DateTimeField(auto_now_add=True)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="suppression_ends_after_start"),
            models.CheckConstraint(condition=~Q(reason=""), name="suppression_has_reason"),
            models.CheckConstraint(condition=~Q(signed_by=""), name="suppression_signed"),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by="") | (Q(ended_on__isnull=False) & ~Q(ended_by="")),
                name="suppression_ended_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["household", "rule", "fingerprint"], condition=Q(ended_on=None), name="suppression_open_once"
            ),
        )
        indexes = (models.Index(fields=["area_code", "-id"], name="suppression_by_area"),)
