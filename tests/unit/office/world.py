"""One of everything in an area, so that every page can be asked for it by its address."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import Any, Self

from django.core.files.base import ContentFile
from django.db import models

from shouwang.office.access.models import Assignment
from shouwang.office.audit.actions.recording import record
from shouwang.office.audit.models import Event
from shouwang.office.audit.verbs import Verb
from shouwang.office.casework.clocks import DEFAULT
from shouwang.office.casework.models import Announcement, Case, Evidence, Measure, Notice, Payment, Plan, Rescue, State
from shouwang.office.casework.sheet import result_sheet_of, sheet_of
from shouwang.office.registry.models import Contradiction, FactSheet, Household, Membership
from shouwang.office.warnings.models import Publication, PublishedPolicy, Suppression, ToVerify
from shouwang.policy import load
from tests.unit.office import factories
from tests.unit.office.casework.factories import case_in, warned_again, warning

DAY = date(2020, 7, 1)
PLAIN = {
    models.CharField: "x",
    models.TextField: "x",
    models.DateField: DAY,
    models.DateTimeField: datetime(2020, 7, 1, tzinfo=UTC),
    models.BooleanField: False,
    models.JSONField: {},
    models.IntegerField: 1,
}


def made(model: type[models.Model], **known: Any) -> Any:
    """A row with what is given, and something plain in every other column that must have a value."""
    for field in model._meta.concrete_fields:
        needs = not (field.null or field.has_default() or field.primary_key or getattr(field, "blank", False))
        if field.name not in known and needs and not field.is_relation and not getattr(field, "auto_now_add", False):
            known[field.name] = next(value for kind, value in PLAIN.items() if isinstance(field, kind))
    return model.objects.create(**known)


@dataclass(frozen=True)
class World:
    """What there is in one village; each thing is made when it is first asked for."""

    area_code: str
    name: str = "测试"
    """Of everybody who lives there."""

    def everything(self) -> Self:
        """Make all of it, and a case in every state, each of a household of its own."""
        for thing in vars(type(self)).values():
            if isinstance(thing, cached_property):
                thing.__get__(self)
        return self

    @cached_property
    def home(self) -> Household:
        home = factories.household(self.area_code, head_name=self.name, member_count=1)
        FactSheet.objects.create(household=home, labour_units=2)
        factories.person(home, name=self.name, id_number="530113199001018888")
        return home

    @cached_property
    def cases(self) -> list[Case]:
        return [case_in(state, home=self._another()) for state in State]

    def _another(self) -> Household:
        home = factories.household(self.area_code, head_name=self.name, member_count=1, suspected_level=3)
        factories.person(home, name=self.name)
        return home

    @cached_property
    def warned(self) -> Household:
        home = self._another()
        policy = load("kunming-2020")
        words = {"code": policy.code, "frozen": policy.frozen()}
        published, _ = PublishedPolicy.objects.get_or_create(version="kunming-2020-of-the-world", defaults=words)
        digest = self.area_code.ljust(64, "0")
        warning(home, of=made(Publication, policy=published, run_digest=digest, counts={}))
        return home

    @cached_property
    def case(self) -> Case:
        return case_in("in-help", home=self.home)

    @cached_property
    def worse(self) -> Case:
        """A case included on Ⅲ, of a household that was warned on Ⅱ since."""
        return warned_again(case_in("included", home=self._another()), level=2)

    @cached_property
    def unverified(self) -> ToVerify:
        of = self.worse.recheck_warning.publication
        return made(ToVerify, publication=of, household=self._another(), area_code=self.area_code)

    @cached_property
    def notice(self) -> Notice:
        sheet = sheet_of(self.case, on=DAY, days=DEFAULT, objections_to="x").as_dict()
        known = {"procedure": "inclusion", "place": "x", "last_day": date(2020, 7, 7), "posted_on": DAY}
        return made(Notice, sheet=sheet, case=self.case, **known)

    @cached_property
    def announcement(self) -> Announcement:
        sheet = result_sheet_of([(self.case, "inclusion")], village=self.area_code, on=DAY)
        return made(Announcement, area_code=self.area_code, posted_on=DAY, sheet=sheet.as_dict())

    @cached_property
    def evidence(self) -> Evidence:
        file = ContentFile(b"x", "a.pdf")
        return made(Evidence, case=self.case, kind="visit", file=file, media_type="application/pdf")

    @cached_property
    def measure(self) -> Measure:
        plan = made(Plan, case=self.case, area_code=self.area_code)
        return made(
            Measure,
            plan=plan,
            case=self.case,
            area_code=self.area_code,
            status="planned",
            code="industry",
            rule="below-line",
        )

    @cached_property
    def payment(self) -> Payment:
        rescue = made(Rescue, household=self.home, area_code=self.area_code, code="industry")
        return made(
            Payment, rescue=rescue, household=self.home, area_code=self.area_code, source="county", code="industry"
        )

    @cached_property
    def contradiction(self) -> Contradiction:
        return made(Contradiction, household=self.home, area_code=self.area_code, fact="net_income", kept="")

    @cached_property
    def suppression(self) -> Suppression:
        until = date(2020, 12, 31)
        return made(Suppression, household=self.home, area_code=self.area_code, since=DAY, until=until, reason="x")

    @cached_property
    def event(self) -> Event:
        by = factories.actor("village", self.area_code)
        seen = ("household", self.home.pk)
        return record(Verb.SEEN, by=by, subject=seen, household_id=self.home.pk, area_code=self.area_code)

    @cached_property
    def assignment(self) -> Assignment:
        user, _ = factories.account("village", self.area_code)
        return Assignment.objects.get(user=user)

    @cached_property
    def person_id(self) -> str:
        return Membership.objects.get(household=self.home).person_id


ARGUMENTS = {
    "household_id": lambda world: world.home.pk,
    "person_id": lambda world: world.person_id,
    "case_id": lambda world: world.case.pk,
    "notice_id": lambda world: world.notice.pk,
    "announcement_id": lambda world: world.announcement.pk,
    "evidence_id": lambda world: world.evidence.pk,
    "measure_id": lambda world: world.measure.pk,
    "payment_id": lambda world: world.payment.pk,
    "user_id": lambda world: world.assignment.user_id,
    "assignment_id": lambda world: world.assignment.pk,
    "after_months": lambda world: 3,
    "kind": lambda world: "birth",
    "fact": lambda world: "net_income",
    "field": lambda world: "phone",
    "name": lambda world: "kunming-2020",
}
"""What stands in an address under a name → how it is had from a world."""
OF_THE_PAGE = {
    "registry:settle": {"number": lambda world: world.contradiction.pk},
    "warnings:end_suppression": {"number": lambda world: world.suppression.pk},
    "warnings:suppress": {"household_id": lambda world: world.warned.pk},
    "audit:event": {"number": lambda world: world.event.pk},
}
"""`number` means another thing on each page."""
