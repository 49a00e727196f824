"""The form that corrects one fact."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.office.registry.values import from_text
from shouwang.office.web.forms.wording import possible_day
from shouwang.office.web.speaking import language
from shouwang.rules.units import in_words
from shouwang.rules.vocabulary import FactSpec, Kind
from shouwang.terms.errors import UserError


class CorrectionForm(forms.Form):
    """Value as people write it (元), the day it is of, and who says so."""

    as_of = forms.DateField(
        label=_("截至哪一天"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[possible_day],
    )
    source = forms.CharField(
        label=_("凭什么"), max_length=40, help_text=_("看到的凭据，例如：残疾证原件。不写姓名和证件号")
    )

    def __init__(self, spec: FactSpec, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"as_of": today})
        self.spec, self.today = spec, today
        self.fields["value"] = self._value()
        self.order_fields(["value", "as_of", "source"])

    def _value(self) -> forms.Field:
        label = gettext("值")
        if self.spec.kind is Kind.NUMBER:
            label = gettext("值（%(unit)s）") % {"unit": in_words(self.spec.unit, language())}
            attributes = {"inputmode": "decimal"}
            return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attributes))
        if self.spec.kind is Kind.YES_NO:
            choices = [("yes", _("是")), ("no", _("否"))]
        else:
            choices = [(key, words[1 if language() == "en" else 0]) for key, words in self.spec.options.items()]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect)

    def clean_value(self) -> str:
        text = str(self.cleaned_data["value"]).strip()
        try:
            from_text(self.spec, text)
        except UserError as error:
            raise ValidationError(str(error)) from None
        return text

    def clean_as_of(self) -> date:
        as_of: date = self.cleaned_data["as_of"]
        if as_of > self.today:
            raise ValidationError(gettext("日期在今天之后：写看到凭据的那一天"))
        return as_of
