"""Rescue first: what was done, on whose word, with what money."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.actions.rescues import Emergency
from shouwang.office.casework.forms.help_fields import DayField, EvidenceField, NumberedForm, YuanField
from shouwang.office.casework.models import Payment
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.policy.measure_kinds import MEASURES


class RescueForm(NumberedForm):
    """Help in an emergency. Money is optional: help may be work or goods."""

    day = DayField(label=_("救助日期"))
    code = forms.ChoiceField(label=_("救助方式"))
    reason = forms.CharField(label=_("发生了什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}))
    authorised_by = forms.CharField(label=_("批准人"), max_length=80)
    authorised_post = forms.CharField(label=_("批准人职务"), max_length=80)
    amount = YuanField(label=_("金额（元）"), max_length=20, required=False)
    source = forms.ChoiceField(label=_("资金来源"), choices=[("", "—"), *Payment.Source.choices], required=False)
    paid_evidence = forms.CharField(label=_("凭据"), max_length=200, required=False)
    file = EvidenceField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(kind.code, kind_name(kind.code)) for kind in MEASURES]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("amount"):
            for name, fault in (("source", _("给了钱要选来源")), ("paid_evidence", _("给了钱要写凭据"))):
                if not given.get(name):
                    self.add_error(name, fault)
        return given

    def emergency(self) -> Emergency:
        given = self.cleaned_data
        return Emergency(given["day"], given["code"], given["reason"], given["authorised_by"], given["authorised_post"])

    def paid(self) -> Paid | None:
        given = self.cleaned_data
        if not given["amount"]:
            return None
        return Paid(given["source"], given["amount"], given["day"], given["paid_evidence"])
