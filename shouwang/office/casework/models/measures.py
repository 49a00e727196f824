"""What is done for a household or one of its people."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.models.cases import Case
from shouwang.office.casework.models.plans import Plan
from shouwang.office.registry.models import Person


class Measure(models.Model):
    """One measure, for the rule it answers, or for another need, which is told; without a person for all of the
    household.

    `code` is of `shouwang.policy.measure_kinds`. Its status changes by the table in `casework/measure_steps.py` only.
    Unknown: no quantity, no end.
    """

    class Status(models.TextChoices):
        PLANNED = "planned", _("计划")
        NOT_STARTED = "not-started", _("尚未实施")
        RUNNING = "running", _("实施中")
        DONE = "done", _("已完成")
        STOPPED = "stopped", _("中止")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="measures")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="measures")
    area_code = models.CharField(max_length=12)
    code = models.CharField(max_length=24)
    rule = models.CharField(max_length=40)
    need = models.CharField(max_length=200, blank=True)
    """What it answers where that is no rule."""
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    organisation = models.CharField(max_length=80)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    quantity = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PLANNED)
    evidence = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    """Why it was not started, or stopped."""
    changed_on = models.DateField()
    changed_by = models.CharField(max_length=40)
    changed_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="measure_in_order"),
            models.CheckConstraint(
                condition=~Q(status="done") | (~Q(evidence="") & Q(ends_on__isnull=False)),
                name="measure_done_with_evidence",
            ),
            models.CheckConstraint(condition=~Q(status="stopped") | ~Q(reason=""), name="measure_stopped_with_reason"),
            models.UniqueConstraint(
                fields=["case", "code", "rule", "person"],
                condition=Q(status__in=("planned", "not-started", "running"), person__isnull=False),
                name="measure_running_once_per_person",
            ),
            models.UniqueConstraint(
                fields=["case", "code", "rule"],
                condition=Q(status__in=("planned", "not-started", "running"), person=None),
                name="measure_running_once",
            ),
        )
        indexes = (
            models.Index(fields=["area_code", "id"], name="measure_by_area"),
            models.Index(fields=["status", "area_code", "id"], name="measure_by_status"),
            models.Index(fields=["case", "id"], name="measures_of_case"),
        )
