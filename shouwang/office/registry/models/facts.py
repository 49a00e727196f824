"""Facts of a household: the values that count now, where each is from, and every one that was replaced.

A bulk import is itself one source: it fills the columns of `FactSheet`, says once per batch where each column comes
from, and per household only what differs. From the first change on each old value is kept as a row of `FactChange`.
"""

from django.db import models
from django.db.models import Q

from shouwang.office.registry.models.households import Household
from shouwang.policy.vocabulary import VOCABULARY
from shouwang.rules.vocabulary import FactSpec, Kind

FACTS: tuple[FactSpec, ...] = tuple(VOCABULARY)
"""The facts of the policy, in its order: one column each, under its name."""


EXITED_WITH_A_GAP = Q(register="exited") & (
    Q(housing_grade__gt="B") | Q(water_safe=False) | Q(out_of_school__gt=0) | Q(uninsured_members__gt=0)
)
"""Sheets of households that left the register and have a guarantee that is known to be broken: few of many.

Written so that SQLite sees that the index below serves it: it cannot with a list of grades that are parameters.
"""


class FactBatch(models.Model):
    """One bulk import. `sources` maps a fact to [as-of day or null, source] of all households that say nothing else."""

    run_digest = models.CharField(max_length=64, unique=True)
    as_of = models.DateField()
    register_month = models.CharField(max_length=7)
    sources = models.JSONField()
    recorded_at = models.DateTimeField(auto_now_add=True)


class FactSheet(models.Model):
    """Shape: one row per household. Units: amounts in fen, labour in halves, as `FactSpec.scale` says. Unknown: null.

    `differing` maps a fact to [as-of day or null, source] where it is not the batch's. No batch: no import fed it.
    """

    household = models.OneToOneField(Household, on_delete=models.PROTECT, primary_key=True, related_name="sheet")
    batch = models.ForeignKey(FactBatch, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    differing = models.JSONField(default=dict)

    class Meta:
        indexes = (models.Index(fields=["household"], name="sheet_exited_with_a_gap", condition=EXITED_WITH_A_GAP),)


def _column(spec: FactSpec) -> "models.Field[object, object]":
    if spec.kind is Kind.NUMBER:
        return models.BigIntegerField(null=True)
    if spec.kind is Kind.YES_NO:
        return models.BooleanField(null=True)
    return models.CharField(max_length=80, null=True)


for _spec in FACTS:
    _column(_spec).contribute_to_class(FactSheet, _spec.name)


class FactChange(models.Model):
    """One replacement of a value: the new one, who said so, and what it replaced. Append-only.

    Shape: one row per household, fact and change. Values are text as `FactSpec` writes them; null is unknown.
    """

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="fact_changes", db_index=False)
    fact = models.CharField(max_length=40)
    value = models.CharField(max_length=120, null=True)
    as_of = models.DateField()
    source = models.CharField(max_length=60)
    replaced_value = models.CharField(max_length=120, null=True)
    replaced_as_of = models.DateField(null=True)
    replaced_source = models.CharField(max_length=60, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=40)
    recorded_by_name = models.CharField(max_length=80)
    batch = models.ForeignKey(FactBatch, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    """The bulk import that made it; null where something in the office did."""
    is_verified = models.BooleanField(default=False)
    """A person saw to it: such a value stands until a newer visit, whatever departments say."""

    class Meta:
        indexes = (
            models.Index(fields=["household", "fact", "-id"], name="fact_history"),
            models.Index(fields=["household", "fact"], name="fact_verified", condition=Q(is_verified=True)),
        )
