"""What happened in a household: births, deaths, marriages, splits, merges, moves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from shouwang.office.registry.models.households import Household
from shouwang.office.registry.models.people import Person


class LifeEvent(models.Model):
    """One event, with its day, who recorded it, and the other household where there is one."""

    class Kind(models.TextChoices):
        BIRTH = "birth", _("出生")
        DEATH = "death", _("死亡")
        MARRIED_IN = "married-in", _("婚入")
        MARRIED_OUT = "married-out", _("婚出")
        SPLIT = "split", _("分户")
        MERGE = "merge", _("合户")
        MOVED_IN = "moved-in", _("迁入")
        MOVED_OUT = "moved-out", _("迁出")
        MOVED_WITHIN = "moved-within", _("市内迁居")
        NEW_HEAD = "new-head", _("换户主")
        URBAN_HUKOU = "urban-hukou", _("农转城")
        DEATH_UNDONE = "death-undone", _("更正死亡")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="life_events")
    other_household = models.ForeignKey(Household, on_delete=models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="life_events")
    on = models.DateField()
    note = models.CharField(max_length=200, blank=True)
    recorded_on = models.DateField()
    """The day of the office: a register of a month that ended before it cannot know the event."""
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=40)
    recorded_by_name = models.CharField(max_length=80)
    form_number = models.CharField(max_length=36, null=True, unique=True)
    """Of the form it came by: the same form sent twice does nothing twice."""

    class Meta:
        indexes = (
            models.Index(fields=["household", "-on"], name="life_events_of_household"),
            models.Index(fields=["recorded_on"], name="life_events_by_day"),
        )
