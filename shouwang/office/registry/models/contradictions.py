"""Two sources that disagree on a fact of a household, until a person settles it."""

from django.db import models
from django.db.models import Q

from shouwang.office.registry.models.households import Household


class Contradiction(models.Model):
    """Shape: one open row per household and fact. Values are text as `FactSpec` writes them; null is unknown.

    `kept` says which side counts: empty while it is open. `rank` is 0 where a rule in force reads the fact, else 1.
    """

    class Side(models.TextChoices):
        FIRST = "first"
        SECOND = "second"

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="contradictions")
    area_code = models.CharField(max_length=12)
    fact = models.CharField(max_length=40)
    rank = models.SmallIntegerField()
    first_value = models.CharField(max_length=120, null=True)
    first_source = models.CharField(max_length=60)
    first_as_of = models.DateField(null=True)
    second_value = models.CharField(max_length=120, null=True)
    second_source = models.CharField(max_length=60)
    second_as_of = models.DateField(null=True)
    found_at = models.DateTimeField(auto_now_add=True)
    kept = models.CharField(max_length=6, choices=Side.choices, blank=True, default="", db_default="")
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=40, blank=True, default="", db_default="")

    class Meta:
        indexes = (models.Index(fields=["rank", "area_code", "id"], name="contradiction_inbox", condition=Q(kept="")),)
        constraints = (
            models.UniqueConstraint(fields=["household", "fact"], condition=Q(kept=""), name="contradiction_open_once"),
            models.CheckConstraint(
                condition=Q(kept="", settled_at=None, settled_by="")
                | (~Q(kept="") & Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="contradiction_settled_by_somebody",
            ),
        )
