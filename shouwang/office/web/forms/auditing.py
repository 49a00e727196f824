"""What an auditor looks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.audit.verbs import Verb


class EventsForm(forms.Form):
    """All given filters hold at once; one that cannot be read is told and left out."""

    account = forms.CharField(label=_("经办人用户名"), required=False, max_length=40)
    household = forms.CharField(label=_("户编号"), required=False, max_length=40)
    day = forms.DateField(
        label=_("哪一天记下的（时钟）"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    verb = forms.ChoiceField(label=_("做了什么"), required=False, choices=[("", _("全部")), *Verb.choices])
