"""The plan of help: who answers, which measures against which rule; and one more measure."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.help_measures import Draft
from shouwang.office.casework.actions.help_plans import Answering
from shouwang.office.casework.forms.help_fields import DayField, NumberedForm
from shouwang.office.casework.queries.help_facts import OTHER, families_of, kind_name
from shouwang.office.casework.queries.help_plans import Offered, needs
from shouwang.office.casework.templatetags.measures import families
from shouwang.office.registry.models import Person
from shouwang.office.web.speaking import aside
from shouwang.policy.measure_kinds import MEASURES, MeasureKind

BETWEEN = "|"


class CadreForm(NumberedForm):
    """Who answers for the household."""

    cadre = forms.CharField(label=_("责任干部"), max_length=80)
    organisation = forms.CharField(label=_("单位"), max_length=80)
    is_leader = forms.BooleanField(label=_("科级以上领导"), required=False, help_text=_("每位领导联系一至两户"))

    def answering(self) -> Answering:
        given = self.cleaned_data
        return Answering(given["cadre"], given["organisation"], is_leader=given["is_leader"])


class AnsweringForm(NumberedForm):
    """What a measure answers that is not among those suggested: one of the rules, or another need."""

    answers = forms.ChoiceField(label=_("应对"), required=False, help_text=_("只有目录里的其他措施要选"))
    need = forms.CharField(label=_("其他需要是什么"), max_length=200, required=False)

    def __init__(self, *args: Any, offered: Sequence[Offered], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["answers"].choices = [("", "—"), *needs(offered)]
        self._offered = offered

    def told_for_others(self, given: Mapping[str, Any]) -> None:
        """Faults of a measure that was not suggested: nothing it answers, or a need without words."""
        if not given.get("answers"):
            self.add_error("answers", _("选它应对的规则，或选其他困难并写明"))
        elif given["answers"] == OTHER and self._offered[0].rule != OTHER and not given.get("need", "").strip():
            self.add_error("need", _("写明这一户的困难，例如：孩子上高中，交不起住宿费"))


class PlanForm(CadreForm, AnsweringForm):
    """Measures are ticked under the rules they answer; each can be told more of on its own page."""

    starts_on = DayField(label=_("开始日期"))
    measures = forms.MultipleChoiceField(label=_("措施"), widget=forms.CheckboxSelectMultiple, required=False)
    others = forms.MultipleChoiceField(label=_("目录里的其他措施"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(self, *args: Any, offered: Sequence[Offered], on: date, **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, **kwargs)
        self.fields["starts_on"].initial = on
        self.fields["measures"].choices = [
            (f"{one.rule}{BETWEEN}{kind.code}", kind_name(kind.code)) for one in offered for kind in one.kinds
        ]
        self.fields["others"].choices = [(kind.code, kind_name(kind.code)) for kind in MEASURES]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if not given.get("measures") and not given.get("others") and not {"measures", "others"} & set(self.errors):
            self.add_error("measures", _("还没有选措施 → 针对每条触发的规则至少选一项"))
        if given.get("others"):
            self.told_for_others(given)
        return given

    def groups(self) -> list[tuple[Offered, list[Any]]]:
        """The boxes to tick, under their rules."""
        boxes = {str(box.data["value"]): box for box in self["measures"]}
        return [
            (one, [(kind, boxes[f"{one.rule}{BETWEEN}{kind.code}"]) for kind in one.kinds]) for one in self._offered
        ]

    def rest(self) -> list[tuple[MeasureKind, Any]]:
        """The boxes of the whole national form."""
        return list(zip(MEASURES, self["others"], strict=True))

    def drafts(self) -> list[Draft]:
        given = self.cleaned_data
        by, since = given["organisation"], given["starts_on"]
        suggested = [ticked.split(BETWEEN) for ticked in given["measures"]]
        rest = [Draft(code, given["answers"], by, since, need=_need(given)) for code in given["others"]]
        return [*(Draft(code, rule, by, since) for rule, code in suggested), *rest]


def _need(given: Mapping[str, Any]) -> str:
    """Words are kept where no rule is answered."""
    return given["need"] if given["answers"] == OTHER else ""


class MeasureForm(AnsweringForm):
    """One more measure: a suggested one, or any of the national form with what it answers."""

    measure = forms.ChoiceField(label=_("措施"))
    person = forms.ChoiceField(label=_("对谁"), required=False)
    organisation = forms.CharField(label=_("实施单位"), max_length=80)
    starts_on = DayField(label=_("开始日期"))
    quantity = forms.CharField(
        label=_("数量"), max_length=60, required=False, help_text=_("例如：仔猪 4 头、岗位 1 个")
    )

    def __init__(self, *args: Any, offered: Sequence[Offered], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, offered=offered, **kwargs)
        suggested = [
            (_group(one), [(f"{one.rule}{BETWEEN}{kind.code}", _told(kind)) for kind in one.kinds]) for one in offered
        ]
        rest = [(f"{BETWEEN}{kind.code}", _told(kind)) for kind in MEASURES]
        self.fields["measure"].choices = [*suggested, (_("目录里的其他措施"), rest)]
        self.fields["person"].choices = [("", _("全户")), *((person.pk, person.name) for person in people)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("measure", "").startswith(BETWEEN):
            self.told_for_others(given)
        return given

    def draft(self) -> Draft:
        given = self.cleaned_data
        rule, code = given["measure"].split(BETWEEN)
        return Draft(
            code,
            rule or given["answers"],
            given["organisation"],
            given["starts_on"],
            person_id=given["person"],
            quantity=given["quantity"],
            need="" if rule else _need(given),
        )


def _group(one: Offered) -> str:
    return aside(one.name, families(one.family)) if one.family else one.name


def _told(kind: MeasureKind) -> str:
    return aside(kind_name(kind.code), families_of(kind.code))
