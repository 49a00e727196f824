"""The form of a county's deadlines."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.scheduling import fault
from shouwang.office.casework.clocks import DEFAULT, Days
from shouwang.office.casework.forms.steps import StepForm

WORDS = {
    "assigned": _("派人"),
    "visited": _("入户核查"),
    "compared": _("信息比对"),
    "reviewed": _("民主评议"),
    "noticed": _("张贴公示"),
    "notice_days": _("公示满几天"),
    "audited": _("乡镇审核"),
    "decided": _("县级审定（全程）"),
    "measures": _("纳入后定措施"),
    "told": _("不予纳入后告知"),
    "rechecked": _("预警更重后定级别"),
    "announced": _("审定后公告结果"),
    "entered": _("审定后录入"),
    "completion": _("退回后补正"),
    "warn": _("提前几天提醒"),
    "to_county": _("超期几天报县"),
}


class ScheduleForm(StepForm):
    area_code = forms.ChoiceField(label=_("哪个县"))
    since = forms.DateField(label=_("从哪一天起"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))

    def __init__(
        self, data: Any = None, *, counties: list[tuple[str, str]] | None = None, days: Days = DEFAULT, **options: Any
    ) -> None:
        super().__init__(data, **options)
        self.fields["area_code"].choices = counties or []  # type: ignore[attr-defined]
        for field in fields(Days):
            self.fields[field.name] = forms.IntegerField(
                label=WORDS[field.name], min_value=0, max_value=365, initial=getattr(days, field.name)
            )

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.errors and (found := fault(self.days())):
            self.add_error(None, found)
        return values

    def days(self) -> Days:
        return Days(**{field.name: self.cleaned_data[field.name] for field in fields(Days)})
