"""How many households and people there are, by area: counted once after each load, not at every look."""

from django.db import models


class Counting(models.Model):
    """The last count: of which register and publication, and when. Shape: at most one row."""

    mark = models.CharField(max_length=60)
    counted_at = models.DateTimeField(auto_now=True)


class AreaCount(models.Model):
    """Shape: one row per area from city to village, and kind. `area` and `parent` are code prefixes.

    A village without a household of a kind has no row: that is zero, known. Nothing is known before the first count.
    """

    class Kind(models.TextChoices):
        ALL = "all"
        POOR_REGISTER = "poor-register"
        LEVEL_1 = "level-1"
        LEVEL_2 = "level-2"
        LEVEL_3 = "level-3"
        LEVEL_4 = "level-4"
        LEVEL_5 = "level-5"
        UNVERIFIED = "unverified"
        UNASSESSED = "unassessed"

    area = models.CharField(max_length=12)
    parent = models.CharField(max_length=12)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    households = models.IntegerField()
    people = models.IntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["area", "kind"], name="area_count_once"),)
        indexes = (models.Index(fields=["parent", "area"], name="area_count_below"),)
