"""What happened in a household: births, deaths, marriages, splits, merges, moves."""

from django.db import models

from shouwang.office.registry.models.households import Household
from shouwang.office.registry.models.people import Person


class LifeEvent(models.Model):
    """One event, with its day, who recorded it, and the other household where there is one."""

    class Kind(models.TextChoices):
        BIRTH = "birth"
        DEATH = "death"
        MARRIED_IN = "married-in"
        MARRIED_OUT = "married-out"
        SPLIT = "split"
        MERGE = "merge"
        MOVED_IN = "moved-in"
        MOVED_OUT = "moved-out"
        NEW_HEAD = "new-head"
        URBAN_HUKOU = "urban-hukou"

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

    class Meta:
        indexes = (models.Index(fields=["household", "-on"], name="life_events_of_household"),)
