"""What was done at the household's door: visits, findings, authorisations; and what asset comparison asks."""

from django.db import models
from django.db.models import F, Q

from shouwang.office.casework.models.cases import Case
from shouwang.office.casework.models.states import Procedure
from shouwang.office.registry.models import Household, Person


class Visit(models.Model):
    """One visit. `visitors` lists who went as [name, side]; the action holds that there are two different people."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="visits")
    procedure = models.CharField(max_length=10, choices=Procedure.choices)
    on = models.DateField()
    visitors = models.JSONField()
    wish = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=40)
    recorded_by_name = models.CharField(max_length=80)

    class Meta:
        indexes = (models.Index(fields=["case", "-id"], name="visits_of_case"),)


class VisitFinding(models.Model):
    """One fact a visit verified; it leaves by door B. Value is text as `FactSpec` writes it, in 元; never unknown."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="findings")
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="+")
    fact = models.CharField(max_length=40)
    value = models.CharField(max_length=120)
    as_of = models.DateField()
    recorded_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["visit", "fact"], name="visit_finding_once_per_fact"),)
        indexes = (models.Index(fields=["recorded_on", "household"], name="visit_findings_by_day"),)


class Authorisation(models.Model):
    """Whether an adult signed that assets may be looked up: the day and until when, or why not."""

    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="authorisations")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True)
    until = models.DateField(null=True)
    why_not = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["visit", "person"], name="authorisation_once_per_person"),
            models.CheckConstraint(
                condition=Q(signed_on__isnull=False, until__gt=F("signed_on"), why_not="")
                | (Q(signed_on=None, until=None) & ~Q(why_not="")),
                name="authorisation_signed_or_why_not",
            ),
        )


class AssetQuestion(models.Model):
    """A hit of asset comparison: a question, never a verdict. It is answered by a name, with evidence."""

    class Answer(models.TextChoices):
        TRUE = "true"
        FALSE = "false"
        DISPOSED = "disposed"
        EXPLAINED = "explained"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="asset_questions")
    flag = models.CharField(max_length=40)
    asked_on = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices, blank=True)
    explanation = models.CharField(max_length=300, blank=True)
    evidence = models.CharField(max_length=200, blank=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=40, blank=True)
    answered_by_name = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["case", "flag"], name="asset_question_once"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on=None, answered_by="", answered_by_name="")
                | (
                    ~Q(answer="")
                    & Q(answered_on__isnull=False)
                    & ~Q(answered_by="")
                    & ~Q(answered_by_name="")
                    & ~Q(evidence="")
                ),
                name="asset_answer_by_somebody_with_evidence",
            ),
        )
