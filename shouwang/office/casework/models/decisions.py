"""What the county decided, alone or in a batch, and that the household was told."""

from django.db import models
from django.db.models import Q

from shouwang.office.casework.models.cases import Case
from shouwang.office.casework.models.states import Procedure
from shouwang.office.registry.models.households import LEVELS


class Batch(models.Model):
    """Cases decided together, all or none. `number` is what papers quote."""

    number = models.CharField(max_length=24, unique=True)
    area_code = models.CharField(max_length=12)
    on = models.DateField()
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)


class Decision(models.Model):
    """One decision of the county. A refusal has a reason, and `told_*` say who told the household, when and how.

    `level` is set where the household is included or its level rises; it never falls here. `keep` is against a removal,
    `hold` against a higher level.
    """

    class Kind(models.TextChoices):
        INCLUDE = "include"
        REFUSE = "refuse"
        RAISE = "raise"
        REMOVE = "remove"
        KEEP = "keep"
        HOLD = "hold"

    class Reason(models.TextChoices):
        NOT_TRUE = "not-true"
        ABOVE_LINE = "above-line"
        ASSETS = "assets"
        ALREADY_SECURED = "already-secured"
        NOT_ELIGIBLE = "not-eligible"
        REVIEW_AGAINST = "review-against"
        OTHER = "other"

    class How(models.TextChoices):
        DOOR = "door"
        PHONE = "phone"
        PAPER = "paper"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="decisions")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    kind = models.CharField(max_length=8, choices=Kind.choices)
    level = models.SmallIntegerField(null=True)
    reason_code = models.CharField(max_length=20, choices=Reason.choices, blank=True)
    reason = models.CharField(max_length=400, blank=True)
    way = models.CharField(max_length=10, blank=True)
    """How the risk went, of a removal: by help or by itself."""
    on = models.DateField()
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="decisions")
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)
    told_on = models.DateField(null=True)
    told_by = models.CharField(max_length=40, blank=True)
    told_by_name = models.CharField(max_length=80, blank=True)
    told_how = models.CharField(max_length=8, choices=How.choices, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case"], condition=Q(kind__in=("include", "refuse")), name="decision_on_inclusion_once"
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(kind="remove"), name="decision_on_removal_once"),
            models.CheckConstraint(
                condition=Q(kind__in=("include", "raise"), level__in=LEVELS)
                | (~Q(kind__in=("include", "raise")) & Q(level=None)),
                name="decision_level_where_included",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=("refuse", "keep", "hold")) | ~Q(reason=""), name="decision_against_has_reason"
            ),
            models.CheckConstraint(
                condition=Q(told_on=None, told_by="", told_how="")
                | (Q(told_on__isnull=False) & ~Q(told_by="") & ~Q(told_how="")),
                name="decision_told_by_somebody",
            ),
        )
