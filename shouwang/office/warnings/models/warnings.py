"""What a published run says of one household, and what became of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.office.registry.models import Household
from shouwang.office.warnings.models.publications import Publication

WARNED = (1, 2, 3, 4)


class Warning(models.Model):
    """Shape: one row per publication and household that is warned, or was warned in the publication before.

    `level` is null where the household is not warned any more; `level_before` where it was not warned before. `values`
    are the facts the verdict was made from: name to [value as stored, as-of day, source]. `fingerprint` is of the true
    rules with the values they used, empty without a rule. Amounts in `reasons` are 元 as text, in `values` fen.
    """

    class Change(models.TextChoices):
        NEW = "new", _("新增")
        WORSE = "worse", _("加重")
        SAME = "same", _("不变")
        BETTER = "better", _("减轻")
        CLEARED = "cleared", _("解除")
        NOW_UNVERIFIED = "now_unverified", _("预警转待核实")
        LEFT = "left", _("不在登记册")

    class State(models.TextChoices):
        OPEN = "open", _("成为线索")
        JOINED = "joined", _("并入在办")
        ANSWERED = "answered", _("已有答复")
        SUPPRESSED = "suppressed", _("暂不提醒")
        NOTE = "note", _("不另立线索")

    publication = models.ForeignKey(Publication, on_delete=models.PROTECT, related_name="warnings")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="warnings")
    area_code = models.CharField(max_length=12)
    members = models.IntegerField(null=True)
    level = models.SmallIntegerField(null=True)
    level_before = models.SmallIntegerField(null=True)
    urgency = models.SmallIntegerField()
    """Order of lists: the level; 9 where there is none."""
    status = models.CharField(max_length=12)
    change = models.CharField(max_length=16, choices=Change.choices)
    state = models.CharField(max_length=12, choices=State.choices)
    answered_on = models.DateField(null=True)
    national_type = models.CharField(max_length=30, blank=True)
    rules = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64, blank=True)
    sentence = models.TextField(blank=True)
    reasons = models.JSONField(default=list)
    could_be_worse = models.JSONField(default=list)
    signs = models.JSONField(default=list)
    asset_flags = models.JSONField(default=list)
    contradictions = models.JSONField(default=list)
    values = models.JSONField(default=dict)
    changes = models.JSONField(null=True)
    """What would change it, [Chinese, English] each; worked out after publishing, null until then."""
    suppression = models.ForeignKey("warnings.Suppression", on_delete=models.PROTECT, null=True, related_name="held")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["publication", "household"], name="warning_once_per_publication"),
            models.CheckConstraint(condition=Q(level=None) | Q(level__in=WARNED), name="warning_level"),
            models.CheckConstraint(
                condition=Q(level=None, state="note") | Q(level__isnull=False), name="warning_without_level_is_note"
            ),
            models.CheckConstraint(
                condition=Q(state="suppressed", suppression__isnull=False)
                | (~Q(state="suppressed") & Q(suppression=None)),
                name="warning_suppressed_by_one",
            ),
            models.CheckConstraint(
                condition=Q(state="answered", answered_on__isnull=False) | (~Q(state="answered") & Q(answered_on=None)),
                name="warning_answered_on_a_day",
            ),
        )
        indexes = (
            models.Index(fields=["household", "-publication"], name="warning_of_household"),
            models.Index(fields=["publication", "urgency", "area_code", "id"], name="warning_by_urgency"),
            models.Index(fields=["publication", "area_code"], name="warning_by_area"),
            models.Index(fields=["state", "household"], name="warning_by_state", condition=~Q(state="note")),
        )

    def get_change_display(self) -> str:
        """Django's own translates every change to say one."""
        return str(self.Change(self.change).label)

    def get_state_display(self) -> str:
        return str(self.State(self.state).label)
