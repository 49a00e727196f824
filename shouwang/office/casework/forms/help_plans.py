"""The plan of help: who answers, which measures against which rule; and one more measure."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.help_measures import Draft
from shouwang.office.casework.actions.help_plans import Answering
from shouwang.office.casework.forms.help_fields import DayField, NumberedForm
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.office.casework.queries.help_plans import Offered
from shouwang.office.registry.models import Person

BETWEEN = "|"


class CadreForm(NumberedForm):
    """Who answers for the household."""

    cadre = forms.CharField(label=_("责任干部"), max_length=80)
    organisation = forms.CharField(label=_("单位"), max_length=80)
    is_leader = forms.BooleanField(label=_("科级以上领导"), required=False, help_text=_("每位领导联系一至两户"))

    def answering(self) -> Answering:
        given = self.cleaned_data
        return Answering(given["cadre"], given["organisation"], is_leader=given["is_leader"])


class PlanForm(CadreForm):
    """Measures are ticked under the rules they answer; each can be told more of on its own page."""

    starts_on = DayField(label=_("开始日期"))
    measures = forms.MultipleChoiceField(
        label=_("措施"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("还没有选措施 → 针对每条触发的规则至少选一项")},
    )

    def __init__(self, *args: Any, offered: Sequence[Offered], on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = on
        self.fields["measures"].choices = [
            (f"{one.rule}{BETWEEN}{kind.code}", kind_name(kind.code)) for one in offered for kind in one.kinds
        ]
        self._offered = offered

    def groups(self) -> list[tuple[Offered, list[Any]]]:
        """The boxes to tick, under their rules."""
        boxes = {str(box.data["value"]): box for box in self["measures"]}
        return [
            (one, [(kind, boxes[f"{one.rule}{BETWEEN}{kind.code}"]) for kind in one.kinds]) for one in self._offered
        ]

    def drafts(self) -> list[Draft]:
        given = self.cleaned_data
        pairs = [ticked.split(BETWEEN) for ticked in given["measures"]]
        return [Draft(code, rule, given["organisation"], given["starts_on"]) for rule, code in pairs]


class MeasureForm(NumberedForm):
    """One more measure."""

    measure = forms.ChoiceField(label=_("措施"))
    person = forms.ChoiceField(label=_("对谁"), required=False)
    organisation = forms.CharField(label=_("实施单位"), max_length=80)
    starts_on = DayField(label=_("开始日期"))
    quantity = forms.CharField(
        label=_("数量"), max_length=60, required=False, help_text=_("例如：仔猪 4 头、岗位 1 个")
    )

    def __init__(self, *args: Any, offered: Sequence[Offered], people: Sequence[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["measure"].choices = [
            (one.name, [(f"{one.rule}{BETWEEN}{kind.code}", kind_name(kind.code)) for kind in one.kinds])
            for one in offered
        ]
        self.fields["person"].choices = [("", _("全户")), *((person.pk, person.name) for person in people)]

    def draft(self) -> Draft:
        given = self.cleaned_data
        rule, code = given["measure"].split(BETWEEN)
        return Draft(
            code,
            rule,
            given["organisation"],
            given["starts_on"],
            person_id=given["person"],
            quantity=given["quantity"],
        )
