"""What the village does in public: the review, the notice, the objections; and the township's audit after it."""

from django.db import models
from django.db.models import F, Q

from shouwang.office.casework.models.cases import Case
from shouwang.office.casework.models.states import Procedure


class Review(models.Model):
    """One democratic review with its minutes and votes. It is for the proposal where over half of those present are."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    on = models.DateField()
    chair = models.CharField(max_length=80)
    minutes = models.TextField()
    present = models.PositiveSmallIntegerField()
    votes_for = models.PositiveSmallIntegerField()
    votes_against = models.PositiveSmallIntegerField()
    abstained = models.PositiveSmallIntegerField()
    proposed_level = models.SmallIntegerField(null=True)
    recorded_by = models.CharField(max_length=40)
    recorded_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(present__gt=0, present__gte=F("votes_for") + F("votes_against") + F("abstained")),
                name="review_votes_within_present",
            ),
        )

    @property
    def is_for(self) -> bool:
        return self.votes_for * 2 > self.present


class Notice(models.Model):
    """One notice in the village. It ran its days when `last_day` is over. `sheet` is what hung there, word for word."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="notices")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    posted_on = models.DateField()
    last_day = models.DateField()
    place = models.CharField(max_length=80)
    sheet = models.JSONField()
    posted_by = models.CharField(max_length=40)
    posted_by_name = models.CharField(max_length=80)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(last_day__gt=F("posted_on")), name="notice_ends_after_start"),
        )
        indexes = (models.Index(fields=["case", "-id"], name="notices_of_case"),)


class Objection(models.Model):
    """An objection to a notice: while one is open the clock stands still. `raised_by` may be empty: anonymous."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld"
        NOT_UPHELD = "not-upheld"
        WITHDRAWN = "withdrawn"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="objections")
    notice = models.ForeignKey(Notice, on_delete=models.PROTECT, related_name="objections")
    received_on = models.DateField()
    raised_by = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    received_by = models.CharField(max_length=40)
    received_by_name = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    answer = models.TextField(blank=True)
    settled_on = models.DateField(null=True)
    settled_by = models.CharField(max_length=40, blank=True)
    settled_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome="", settled_on=None, settled_by="", answer="")
                | (~Q(outcome="") & Q(settled_on__gte=F("received_on")) & ~Q(settled_by="") & ~Q(answer="")),
                name="objection_settled_by_somebody",
            ),
        )


class TownAudit(models.Model):
    """The township's word on a case: passed to the county, or sent back."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="town_audits")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    on = models.DateField()
    is_passed = models.BooleanField()
    opinion = models.CharField(max_length=300)
    by_id = models.CharField(max_length=40)
    by_name = models.CharField(max_length=80)
