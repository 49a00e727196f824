"""Who answers for the help of a household: the responsible cadre, and the plan."""

from django.db import models
from django.db.models import Q

from shouwang.office.casework.models.cases import Case


class Cadre(models.Model):
    """Somebody who answers for households: of a department, a township, a firm; with or without an account here.

    `is_leader`: 科级以上, who takes no more households than the policy says.
    """

    name = models.CharField(max_length=80)
    organisation = models.CharField(max_length=80)
    is_leader = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["name", "organisation"], name="cadre_once_per_organisation"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(organisation=""), name="cadre_has_name"),
        )


class Plan(models.Model):
    """The help of one case. `due_on` is the day it had to be made by. Unknown: no cadre has been named yet."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="plan")
    area_code = models.CharField(max_length=12)
    cadre = models.ForeignKey(Cadre, on_delete=models.PROTECT, null=True, related_name="plans")
    organisation = models.CharField(max_length=80)
    due_on = models.DateField()
    made_on = models.DateField()
    made_by = models.CharField(max_length=40)
    made_by_name = models.CharField(max_length=80)

    class Meta:
        indexes = (models.Index(fields=["area_code", "id"], name="plan_by_area"),)
