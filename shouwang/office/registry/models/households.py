"""Households: what lists and searches need in columns; everything else is a fact."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.office.privacy.fields import EncryptedField
from shouwang.office.privacy.masking import mask_phone

LEVELS = (1, 2, 3, 4, 5)


class Household(models.Model):
    """One household, by its number of the register. Never deleted: closed, with a day and a reason.

    Two levels that never mix: `suspected_level` is what the newest published screening says, `confirmed_level` what the
    county decided. Unknown: null, or an empty text.
    """

    class Register(models.TextChoices):
        EXITED = "exited", _("脱贫户")
        REGISTERED = "registered", _("建档立卡未脱贫户")
        GENERAL = "general", _("一般农户")

    class Closing(models.TextChoices):
        DIED = "died", _("全户死亡")
        MOVED = "moved", _("迁出")
        MERGED = "merged", _("并入另一户")
        SPLIT = "split", _("分户")
        LEFT = "left-register", _("登记册中已没有")

    id = models.CharField(max_length=40, primary_key=True)
    area_code = models.CharField(max_length=12)
    hamlet = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=120, blank=True)
    register = models.CharField(max_length=12, choices=Register.choices, blank=True)
    exit_year = models.IntegerField(null=True)
    hukou = models.CharField(max_length=20, blank=True)
    head_id = models.CharField(max_length=40, blank=True)
    head_name = models.CharField(max_length=60, blank=True)
    member_count = models.IntegerField(default=0)
    phone = EncryptedField(null=True)
    phone_index = models.CharField(max_length=32, blank=True)
    bank_account = EncryptedField(null=True)
    suspected_level = models.SmallIntegerField(null=True)
    suspected_status = models.CharField(max_length=12, blank=True, default="", db_default="")
    national_type = models.CharField(max_length=30, blank=True, default="", db_default="")
    suspected_as_of = models.DateField(null=True)
    confirmed_level = models.SmallIntegerField(null=True)
    confirmed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    closed_as = models.CharField(max_length=16, choices=Closing.choices, blank=True, default="", db_default="")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on=None, closed_as="") | (Q(closed_on__isnull=False) & ~Q(closed_as="")),
                name="household_closed_day_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_level=None) | Q(confirmed_level__in=LEVELS), name="household_confirmed_level"
            ),
            models.CheckConstraint(
                condition=Q(suspected_level=None) | Q(suspected_level__in=LEVELS), name="household_suspected_level"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_level=None, confirmed_on=None)
                | Q(confirmed_level__isnull=False, confirmed_on__isnull=False),
                name="household_confirmed_when",
            ),
        )
        indexes = (
            models.Index(fields=["area_code", "id"], name="household_by_area"),
            models.Index(
                fields=["suspected_level", "area_code", "id"],
                name="household_by_suspected",
                condition=Q(suspected_level__isnull=False),
            ),
            models.Index(
                fields=["confirmed_level", "area_code", "id"],
                name="household_by_confirmed",
                condition=Q(confirmed_level__isnull=False),
            ),
            models.Index(
                fields=["area_code", "id"], name="household_unverified", condition=Q(suspected_status="unverified")
            ),
            models.Index(fields=["phone_index"], name="household_by_phone"),
        )

    @property
    def phone_masked(self) -> str:
        """Unknown: empty."""
        return mask_phone(self.phone)


class HouseholdLink(models.Model):
    """Where a household came from: a split, a merge, a move. Shape: one row per pair."""

    before = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="links_after")
    after = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="links_before")
    kind = models.CharField(max_length=16)
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["before", "after", "kind"], name="household_link_once"),)
