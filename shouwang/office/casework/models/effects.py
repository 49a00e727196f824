"""Whether help works: the same facts, at inclusion and months later."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.models.cases import Case


class Baseline(models.Model):
    """The facts the fired rules looked at, as they stood when the household was included.

    `facts` maps a fact to its text as `FactChange` writes it; null is unknown.
    """

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="baseline")
    on = models.DateField()
    facts = models.JSONField()


class Effect(models.Model):
    """One look at one rule, some months after inclusion: does it still fire on the facts of that day?"""

    class Outcome(models.TextChoices):
        WORKS = "works", _("有效，风险不再触发")
        DOES_NOT = "does-not", _("尚未见效，风险仍在")
        UNKNOWN = "unknown", _("未知，缺数据")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="effects")
    area_code = models.CharField(max_length=12)
    rule = models.CharField(max_length=40)
    after_months = models.SmallIntegerField()
    on = models.DateField()
    policy = models.CharField(max_length=40)
    facts = models.JSONField()
    outcome = models.CharField(max_length=8, choices=Outcome.choices)
    recorded_by = models.CharField(max_length=40)
    recorded_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "rule", "after_months"], name="effect_once_per_rule_and_look"),
            models.CheckConstraint(condition=Q(after_months__gt=0), name="effect_after_some_months"),
        )
        indexes = (models.Index(fields=["area_code", "outcome", "id"], name="effect_by_area"),)
