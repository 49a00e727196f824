"""A payment, taking one back, and the filters of the ledger."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.help_payments import Paid
from shouwang.office.casework.forms.help_fields import DayField, EvidenceField, NumberedForm, YuanField
from shouwang.office.casework.models import Payment
from shouwang.office.casework.queries.help_facts import kind_name
from shouwang.office.casework.queries.help_payments import LedgerFilters
from shouwang.office.web.places import children
from shouwang.policy.measure_kinds import MEASURES


class PaymentForm(NumberedForm):
    """Money for one measure."""

    amount = YuanField(label=_("金额（元）"), max_length=20)
    source = forms.ChoiceField(label=_("资金来源"), choices=Payment.Source.choices)
    paid_on = DayField(label=_("付款日期"))
    paid_evidence = forms.CharField(label=_("凭据"), max_length=200, help_text=_("打卡发放表、转账单的编号"))
    file = EvidenceField()

    def paid(self) -> Paid:
        given = self.cleaned_data
        return Paid(given["source"], given["amount"], given["paid_on"], given["paid_evidence"])


class TakeBackForm(forms.Form):
    reason = forms.CharField(label=_("冲销原因"), max_length=200)


class LedgerForm(forms.Form):
    """Narrows the ledger."""

    since = DayField(label=_("从"), required=False)
    until = DayField(label=_("到"), required=False)
    source = forms.ChoiceField(label=_("来源"), required=False)
    code = forms.ChoiceField(label=_("用途"), required=False)
    area = forms.ChoiceField(label=_("地区"), required=False)

    def __init__(self, *args: Any, prefix_code: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("全部"))
        self.fields["source"].choices = [everything, *Payment.Source.choices]
        self.fields["code"].choices = [everything, *((kind.code, kind_name(kind.code)) for kind in MEASURES)]
        self.fields["area"].choices = [everything, *children(prefix_code)]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("比“从”早 → 填“从”那一天或以后的日子"))
        return given

    def filters(self) -> LedgerFilters:
        self.full_clean()
        given = self.cleaned_data
        return LedgerFilters(
            given.get("since"),
            given.get("until"),
            given.get("source", ""),
            given.get("code", ""),
            given.get("area", ""),
        )
