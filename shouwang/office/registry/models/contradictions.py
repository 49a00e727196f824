"""Two sources that disagree on a fact of a household, until a person settles it."""

from django.db import models
from django.db.models import Q

from shouwang.office.registry.models.households import Household


class Contradiction(models.Model):
    """Shape: one open row per household and fact. Values are text as `FactSpec` writes them; null is unknown.

    `kept` says which side counts: empty while it is open.
    """

    class Side(models.TextChoices):
        FIRST = "first"
        SECOND = "second"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="contradictions")
    fact = models.CharField(max_length=40)
    first_value = models.CharField(max_length=120, null=True)
    first_source = models.CharField(max_length=60)
    first_as_of = models.DateField(null=True)
    second_value = models.CharField(max_length=120, null=True)
    second_source = models.CharField(max_length=60)
    second_as_of = models.DateField(null=True)
    found_at = models.DateTimeField(auto_now_add=True)
    kept = models.CharField(max_length=6, choices=Side.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["household", "fact"], condition=Q(kept=""), name="contradiction_open_once"),
            models.CheckConstraint(
                condition=Q(kept="", settled_at=None, settled_by="")
                | (~Q(kept="") & Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="contradiction_settled_by_somebody",
            ),
        )
