"""The list of households somebody should go and see, best use of a visit first."""

from django.db import models

from shouwang.office.registry.models import Household
from shouwang.office.warnings.models.publications import Publication


class ToVerify(models.Model):
    """Shape: one row per household to be verified by the newest publication, replaced as a whole by the next. No clock.

    `could_be` is the worst level a visit may bring to light, 9 where no rule is open; `open_rules` are what it decides.
    """

    household = models.OneToOneField(Household, on_delete=models.PROTECT, primary_key=True, related_name="to_verify")
    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="to_verify")
    area_code = models.CharField(max_length=12)
    rank = models.IntegerField()
    could_be = models.SmallIntegerField()
    open_rules = models.JSONField(default=list)
    signs = models.JSONField(default=list)
    unknown_facts = models.JSONField(default=list)
    members = models.IntegerField(null=True)
    level_before = models.SmallIntegerField(null=True)
    sentence = models.TextField(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["rank"], name="to_verify_rank"),)
        indexes = (models.Index(fields=["area_code", "rank"], name="to_verify_by_area"),)
