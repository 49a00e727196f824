"""A department file somebody handed in, and what was found."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Delivery(models.Model):
    """Shape: one row per file handed in. The file itself is kept by the screening in CITY/deliveries, under `folder`.

    `area_code` is the area prefix of who handed it in. `upload` is where it waits until it is received, then empty.
    `found` is the verdict as the screening tells it (columns, repairs, faults, questions, profile), never a cell.
    Unknown: an empty dataset or month where the file was not understood; null counts where no row was looked at.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("等待核对")
        WORKING = "working", _("正在核对")
        ACCEPTED = "accepted", _("收下")
        REFUSED = "refused", _("退回")
        KNOWN = "known", _("已收过")
        FAILED = "failed", _("没有核对成")

    form_number = models.CharField(max_length=60)
    department = models.CharField(max_length=80, blank=True)
    area_code = models.CharField(max_length=12)
    handed_by = models.CharField(max_length=40)
    handed_by_name = models.CharField(max_length=80)
    handed_on = models.DateField()
    handed_at = models.DateTimeField(auto_now_add=True)
    file_name = models.CharField(max_length=200)
    bytes = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    claimed_dataset = models.CharField(max_length=40, blank=True)
    claimed_month = models.CharField(max_length=7, blank=True)
    is_agreed = models.BooleanField(default=False)
    """The liaison agrees to the columns that were proposed."""
    upload = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    dataset = models.CharField(max_length=40, blank=True)
    month = models.CharField(max_length=7, blank=True)
    folder = models.CharField(max_length=200, blank=True)
    rows_read = models.BigIntegerField(null=True)
    rows_used = models.BigIntegerField(null=True)
    rows_quarantined = models.BigIntegerField(null=True)
    found = models.JSONField(default=dict)
    received_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["form_number"], name="delivery_once_per_form"),
            models.CheckConstraint(
                condition=Q(state__in=("waiting", "working"), received_at=None) & ~Q(upload="")
                | Q(state__in=("accepted", "refused", "known", "failed"), received_at__isnull=False, upload=""),
                name="delivery_received_has_time",
            ),
        )
        indexes = (models.Index(fields=["area_code", "-id"], name="delivery_by_area"),)
