"""A visit while help runs."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.follow_ups import Seen
from shouwang.office.casework.forms.help_fields import DayField, NumberedForm


class FollowUpForm(NumberedForm):
    day = DayField(label=_("走访日期"))
    visitor = forms.CharField(label=_("谁去的"), max_length=80)
    found = forms.CharField(label=_("看到了什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    needed = forms.CharField(label=_("还需要什么"), max_length=300, required=False)

    def seen(self) -> Seen:
        given = self.cleaned_data
        return Seen(given["day"], given["visitor"], given["found"], given["needed"])
