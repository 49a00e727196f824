"""Money that went to a household, by source and by use."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.models.measures import Measure
from shouwang.office.casework.models.rescues import Rescue
from shouwang.office.registry.models import Household, Person


class Payment(models.Model):
    """One payment for a measure or a rescue. *Units*: fen. Never changed: a wrong one is taken back by another row.

    `taken_back` points at the payment this row cancels, with the same amount.
    """

    class Source(models.TextChoices):
        CENTRAL = "central", _("中央")
        PROVINCE = "province", _("省")
        CITY = "city", _("市")
        COUNTY = "county", _("县")
        PUTUO = "putuo", _("上海普陀")
        UNIT = "unit", _("中央定点单位")
        DONATION = "donation", _("社会捐赠")
        INTEGRATED = "integrated", _("整合")

    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="payments")
    rescue = models.ForeignKey(Rescue, on_delete=models.PROTECT, null=True, related_name="payments")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="payments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    area_code = models.CharField(max_length=12)
    code = models.CharField(max_length=24)
    """Use: the measure's code."""
    source = models.CharField(max_length=12, choices=Source.choices)
    amount_fen = models.BigIntegerField()
    on = models.DateField()
    evidence = models.CharField(max_length=200)
    taken_back = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="cancelled_by")
    paid_by = models.CharField(max_length=40)
    paid_by_name = models.CharField(max_length=80)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="payment_above_zero"),
            models.CheckConstraint(condition=~Q(evidence=""), name="payment_with_evidence"),
            models.CheckConstraint(
                condition=Q(measure=None, rescue__isnull=False) | Q(measure__isnull=False, rescue=None),
                name="payment_for_measure_or_rescue",
            ),
        )
        indexes = (
            models.Index(fields=["area_code", "on", "id"], name="payment_by_area_and_day"),
            models.Index(fields=["-on", "-id"], name="payment_newest"),
            models.Index(fields=["measure"], name="payments_of_measure"),
        )
