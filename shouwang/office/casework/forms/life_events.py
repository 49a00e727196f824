"""One form per kind of life event."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from shouwang.office.audit.actor import Actor
from shouwang.office.registry.actions.living import Told
from shouwang.office.registry.actions.newcomers import Newcomer
from shouwang.office.registry.coded import coded
from shouwang.office.registry.models import LifeEvent
from shouwang.office.registry.queries.households import Member
from shouwang.office.web.forms.wording import possible_day
from shouwang.terms.id_number import IdFault, IdNumber

Kind = LifeEvent.Kind
RELATIONS = (
    "配偶", "之子", "之女", "之儿媳", "之女婿", "之孙子", "之孙女", "之外孙子", "之外孙女", "之父", "之母", "之岳父",
    "之岳母", "之公公", "之婆婆", "之祖父", "之祖母", "之兄弟姐妹", "其他",
)  # fmt: skip
WHOLE = "whole"
NOBODY: tuple[tuple[str, Any], ...] = (("", _("不用换")),)


def _day(label: Any, *, required: bool = True) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[possible_day],
    )


def _relations() -> list[tuple[str, str]]:
    """Asked for by each form, in the language of its reader."""
    return [(word, coded(word, "relation")) for word in RELATIONS]


def _who(member: Member) -> str:
    return f"{member.name} {coded(member.relation, 'relation')}".strip()


class EventForm(forms.Form):
    """What every event has. `people` are those who live in the household now."""

    form_number = forms.CharField(widget=forms.HiddenInput, max_length=36)
    on = _day(_("哪一天"))

    def __init__(self, data: Any = None, *, people: Sequence[Member] = (), today: date) -> None:
        super().__init__(data, initial={"form_number": str(uuid.uuid4()), "on": today})
        self.today = today
        self.fields["note"] = forms.CharField(label=_("说明"), max_length=200, required=False)
        choices = [
            (member.person_id, f"{member.name} {coded(member.relation, 'relation')}".strip()) for member in people
        ]
        for name, before in self.of_people().items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [*before, *choices]

    def of_people(self) -> dict[str, tuple[tuple[str, Any], ...]]:
        """Fields whose choices are the people of the household, with what stands before them."""
        return {}

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise ValidationError(_("日期在今天之后：写事情发生的那一天"))
        return on

    def told(self, by: Actor) -> Told:
        typed = self.cleaned_data
        return Told(typed["on"], self.today, by, typed["note"], typed["form_number"])


class BirthForm(EventForm):
    name = forms.CharField(label=_("姓名"), max_length=60)
    sex = forms.ChoiceField(label=_("性别"), choices=[("男", _("男")), ("女", _("女"))], widget=forms.RadioSelect)
    relation = forms.ChoiceField(
        label=_("与户主的关系"), choices=lambda: [(word, coded(word, "relation")) for word in RELATIONS]
    )
    id_number = forms.CharField(label=_("证件号码"), max_length=30, required=False, help_text=_("还没有的可以空着"))

    def clean_id_number(self) -> str:
        typed = str(self.cleaned_data["id_number"]).strip()
        try:
            return IdNumber.parse(typed).plain if typed else ""
        except IdFault:
            raise ValidationError(_("证件号码校验不符：逐位核对")) from None

    def newcomer(self) -> Newcomer:
        typed = self.cleaned_data
        return Newcomer(
            typed["name"], typed["relation"], typed["sex"], typed["id_number"], typed.get("birth_date") or None
        )


class JoiningForm(BirthForm):
    birth_date = _day(_("出生日期"), required=False)


class LeavingForm(EventForm):
    person = forms.ChoiceField(label=_("谁"), widget=forms.RadioSelect)
    new_head = forms.ChoiceField(
        label=_("新户主"), required=False, help_text=_("离开的是户主、家里还有人时，选一位作户主")
    )

    def of_people(self) -> dict[str, tuple[tuple[str, Any], ...]]:
        return {"person": (), "new_head": NOBODY}


class MovingOutForm(LeavingForm):
    def of_people(self) -> dict[str, tuple[tuple[str, Any], ...]]:
        return {"person": ((WHOLE, _("全户")),), "new_head": NOBODY}


class SplitForm(EventForm):
    leaving = forms.MultipleChoiceField(label=_("分出去的人"), widget=forms.CheckboxSelectMultiple)
    head_of_new = forms.ChoiceField(label=_("新户的户主"))
    new_head = forms.ChoiceField(label=_("原户的新户主"), required=False, help_text=_("户主分出去的，选一位"))

    def of_people(self) -> dict[str, tuple[tuple[str, Any], ...]]:
        return {"leaving": (), "head_of_new": (), "new_head": NOBODY}


class MergeForm(EventForm):
    into = forms.CharField(label=_("并入哪一户（户编号）"), max_length=40)


class MovingWithinForm(EventForm):
    to = forms.ChoiceField(label=_("迁到哪个村"))

    def __init__(self, data: Any = None, *, villages: Sequence[tuple[str, str]], **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["to"].choices = villages  # type: ignore[attr-defined]


class UndoDeathForm(EventForm):
    """`people` are those who are recorded as having died in the household."""

    person = forms.ChoiceField(label=_("谁"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None, **known: Any) -> None:
        super().__init__(data, **known)
        self.fields["note"].required = True
        self.fields["note"].label = _("怎么知道记错了")
        self.fields["on"].label = _("哪一天核实的")

    def of_people(self) -> dict[str, tuple[tuple[str, Any], ...]]:
        return {"person": ()}


class NewHeadForm(EventForm):
    person = forms.ChoiceField(label=_("新户主"), widget=forms.RadioSelect)

    def of_people(self) -> dict[str, tuple[tuple[str, Any], ...]]:
        return {"person": ()}


FORMS: dict[str, type[EventForm]] = {
    Kind.BIRTH: BirthForm,
    Kind.DEATH: LeavingForm,
    Kind.MARRIED_IN: JoiningForm,
    Kind.MARRIED_OUT: LeavingForm,
    Kind.MOVED_IN: JoiningForm,
    Kind.MOVED_OUT: MovingOutForm,
    Kind.SPLIT: SplitForm,
    Kind.MERGE: MergeForm,
    Kind.NEW_HEAD: NewHeadForm,
    Kind.URBAN_HUKOU: EventForm,
}
"""Kind → its form, in the order of the page to choose from. Moving within the city and taking a death back have pages
of their own.
"""
