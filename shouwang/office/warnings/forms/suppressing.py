"""The form that holds a household's warnings back."""

from datetime import date, timedelta

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.office.warnings.actions.suppressing import LONGEST_DAYS, SHORTEST_REASON


class SuppressionForm(forms.Form):
    """All faults at once; typed text is kept."""

    rule = forms.ChoiceField(label=_("哪条规则"), required=False)
    is_same_only = forms.BooleanField(label=_("只在规则和数值都不变时"), required=False)
    until = forms.DateField(label=_("到哪天为止（不含）"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(
        label=_("理由"), max_length=300, min_length=SHORTEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: object, rules: list[tuple[str, str]], on: date, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.on = on
        self.fields["rule"].choices = [("", gettext("所有规则")), *rules]
        self.fields["until"].widget.attrs |= {"min": str(on + timedelta(1)), "max": str(on + timedelta(LONGEST_DAYS))}

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if until <= self.on:
            raise forms.ValidationError(gettext("截止日要在今天之后"))
        if (until - self.on).days > LONGEST_DAYS:
            raise forms.ValidationError(gettext("最长一年，到期再看"))
        return until
