"""Filters of the list of measures, what is said with a step of one, and a file that proves it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.help_measures import Told
from shouwang.office.casework.forms.help_fields import DayField, EvidenceField, NumberedForm
from shouwang.office.casework.models import Measure, Payment
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.office.casework.queries.help_measures import LATE, MeasureFilters
from shouwang.office.web.places import children
from shouwang.office.web.templatetags.components import fen
from shouwang.policy.measure_kinds import MEASURES


class MeasureFilterForm(forms.Form):
    """Narrows the list; what cannot be is left out."""

    status = forms.ChoiceField(label=_("状态"), required=False)
    code = forms.ChoiceField(label=_("措施"), required=False)
    area = forms.ChoiceField(label=_("地区"), required=False)

    def __init__(self, *args: Any, prefix_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("全部"))
        self.fields["status"].choices = [everything, (LATE, _("过期未实施")), *Measure.Status.choices]
        self.fields["code"].choices = [everything, *((kind.code, kind_name(kind.code)) for kind in MEASURES)]
        self.fields["area"].choices = [everything, *children(prefix_code)]

    def filters(self) -> MeasureFilters:
        self.full_clean()
        given = self.cleaned_data
        return MeasureFilters(given.get("status", ""), given.get("code", ""), given.get("area", ""))


class StepForm(forms.Form):
    """One step of a measure."""

    action = forms.ChoiceField(
        label=_("进度"),
        choices=[("start", ""), ("complete", ""), ("hold", ""), ("stop", "")],
        widget=forms.RadioSelect,
        error_messages={"required": _("选一种进度")},
    )
    day = DayField(label=_("日期"))
    evidence = forms.CharField(
        label=_("凭据"), max_length=200, required=False, help_text=_("完成时要有：发放表、合同的编号，或下面的附件")
    )
    reason = forms.CharField(label=_("原因"), max_length=200, required=False, help_text=_("未实施或中止时要有"))
    file = EvidenceField()
    expected = forms.CharField(widget=forms.HiddenInput, required=False)

    def told(self) -> Told:
        given = self.cleaned_data
        return Told(given["expected"], given["day"], given["evidence"], given["reason"])


class FileForm(NumberedForm):
    """A file for a measure, or for one of its payments."""

    file = EvidenceField(required=True)
    payment = forms.ChoiceField(label=_("证明什么"), required=False)

    def __init__(self, *args: Any, payments: Sequence[Payment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        told = [(str(row.pk), _paid(row)) for row in payments if row.taken_back_id is None]
        self.fields["payment"].choices = [("", _("这项措施")), *told]
        if not told:
            self.fields["payment"].widget = forms.HiddenInput()

    def payment_id(self) -> int | None:
        chosen = self.cleaned_data["payment"]
        return int(chosen) if chosen else None


def _paid(row: Payment) -> str:
    return gettext("%(day)s 付款 %(amount)s 元") % {"day": row.on.isoformat(), "amount": fen(row.amount_fen)}
