"""Files that prove a step of a case, a measure of its help, or a payment for that measure or for a rescue."""

from django.db import models
from django.db.models import Q

from shouwang.office.casework.models.cases import Case
from shouwang.office.casework.models.measures import Measure
from shouwang.office.casework.models.payments import Payment


class Evidence(models.Model):
    """A file that proves something: what kind of file it is was told by its first bytes, not by its name.

    Without measure and payment it is about the case; with a payment about that, of the measure or, without one, of a
    rescue. Never deleted.
    """

    class Kind(models.TextChoices):
        NOTICE_START = "notice-start"
        NOTICE_END = "notice-end"
        ANNOUNCED = "announced"
        VISIT = "visit"
        MINUTES = "minutes"
        ASSETS = "assets"
        HELP = "help"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="evidence")
    measure = models.ForeignKey(Measure, on_delete=models.PROTECT, null=True, related_name="files")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, null=True, related_name="files")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    on = models.DateField()
    file = models.FileField(upload_to="cases/%Y/%m")
    media_type = models.CharField(max_length=40)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.CharField(max_length=40)
    added_by_name = models.CharField(max_length=80)
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["case", "kind", "sha256"],
                condition=Q(measure=None, payment=None),
                name="evidence_once_per_case",
            ),
            models.UniqueConstraint(
                fields=["measure", "sha256"],
                condition=Q(measure__isnull=False, payment=None),
                name="evidence_once_per_measure",
            ),
            models.UniqueConstraint(
                fields=["payment", "sha256"], condition=Q(payment__isnull=False), name="evidence_once_per_payment"
            ),
            models.CheckConstraint(
                condition=Q(measure=None, payment=None) | Q(kind="help"),
                name="evidence_of_a_measure_is_of_help",
            ),
        )
