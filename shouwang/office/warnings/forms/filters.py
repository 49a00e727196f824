"""What lists can be narrowed by."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.scope import Scope
from shouwang.office.warnings.models import Warning
from shouwang.office.web.places import children
from shouwang.terms.level import Level


class AreaFilter(forms.Form):
    """An area one step below the scope; a code from outside is no choice."""

    area = forms.ChoiceField(label=_("地区"), required=False)

    def __init__(self, *args: object, scope: Scope, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.scope = scope
        self.fields["area"].choices = [("", _("全部")), *children(scope.prefix)]

    def narrowed(self) -> Scope:
        """The scope with the area chosen; a choice that is none changes nothing."""
        chosen = self.cleaned_data.get("area", "") if self.is_valid() else ""
        return self.scope.narrowed(chosen) or self.scope

    def given(self) -> dict[str, object]:
        """The other filters, those that can be read."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if name != "area" and value}


class WarningFilter(AreaFilter):
    level = forms.TypedChoiceField(
        label=_("级别"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("全部")), *((int(level), level.numeral) for level in Level if level.is_warning)],
    )
    change = forms.ChoiceField(label=_("变化"), required=False, choices=[("", _("全部")), *Warning.Change.choices])
    state = forms.ChoiceField(label=_("去向"), required=False, choices=[("", _("全部")), *Warning.State.choices])


class ToVerifyFilter(AreaFilter):
    could_be = forms.TypedChoiceField(
        label=_("最坏可能"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("全部")), *((int(level), level.numeral) for level in Level if level.is_warning)],
    )
