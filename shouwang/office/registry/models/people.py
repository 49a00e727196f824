"""People, and in which household each lived from when until when."""

from django.db import models
from django.db.models import F, Q

from shouwang.office.privacy.fields import EncryptedField
from shouwang.office.registry.models.households import Household


class Person(models.Model):
    """One person. Names are kept as written; `name_key` folds 繁→简, spaces and dots, `pinyin` is without tones.

    Unknown: null, or an empty text.
    """

    id = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=60)
    name_key = models.CharField(max_length=60)
    pinyin = models.CharField(max_length=120, blank=True)
    id_number = EncryptedField(null=True)
    id_index = models.CharField(max_length=32, blank=True)
    sex = models.CharField(max_length=4, blank=True)
    birth_date = models.DateField(null=True)
    ethnic = models.CharField(max_length=20, blank=True)
    education = models.CharField(max_length=20, blank=True)
    in_school = models.CharField(max_length=30, blank=True)
    health = models.CharField(max_length=40, blank=True)
    labour = models.CharField(max_length=20, blank=True)
    died_on = models.DateField(null=True)
    village = models.CharField(max_length=12, blank=True)
    """Of the household entered last, so that a common name is found by one index. Where somebody lives, and who may see
    it, is said by membership and household alone."""

    class Meta:
        indexes = (
            models.Index(fields=["name_key", "village"], name="person_by_name"),
            models.Index(fields=["pinyin", "village"], name="person_by_pinyin"),
            models.Index(fields=["id_index"], name="person_by_id_number"),
        )


class Membership(models.Model):
    """A person in a household from `since` until (not including) `until`; open where that is null.

    A person is in at most one household at a time: the database holds it for open ones.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="memberships")
    relation = models.CharField(max_length=20, blank=True)
    since = models.DateField(null=True)
    until = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["person"], condition=Q(until=None), name="person_in_one_household"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since=None) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
        )
