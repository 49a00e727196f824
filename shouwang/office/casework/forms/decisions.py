"""The form under the decider's table: which cases, and what is decided."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.office.casework.forms.steps import StepForm
from shouwang.office.casework.models import State
from shouwang.office.casework.queries.words import REASONS, WAYS

BACK_TO = (
    State.ASSIGNED,
    State.VISITED,
    State.COMPARED,
    State.REVIEWED,
    State.REMOVAL_PROPOSED,
    State.REMOVAL_VISITED,
    State.REMOVAL_REVIEWED,
)
NEEDED = {"refuse": ("code", "text"), "send-back": ("to", "reason"), "remove": ("way",)}
"""What each decision asks for beside the cases."""


class BatchForm(StepForm):
    do = forms.ChoiceField(choices=[(name, name) for name in ("include", "refuse", "send-back", "remove")])
    code = forms.ChoiceField(label=gettext_lazy("原因"), choices=[("", "—"), *REASONS.items()], required=False)
    text = forms.CharField(
        label=gettext_lazy("告诉农户的话"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=400
    )
    to = forms.ChoiceField(
        label=gettext_lazy("退回到哪一步"), choices=[("", "—"), *((s.value, s.label) for s in BACK_TO)], required=False
    )
    reason = forms.CharField(
        label=gettext_lazy("缺什么"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=400
    )
    way = forms.ChoiceField(label=gettext_lazy("怎样消除的"), choices=[("", "—"), *WAYS.items()], required=False)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in NEEDED.get(values.get("do", ""), ()):
            if not values.get(name):
                self.add_error(name, _("这一项要填"))
        if not self.chosen():
            self.add_error(None, _("没有选户：先在表里勾选"))
        return values

    def chosen(self) -> list[int]:
        """Numbers of the ticked cases, each once, in the order of the table."""
        found = self.data.getlist("chosen") if hasattr(self.data, "getlist") else self.data.get("chosen", [])
        return list(dict.fromkeys(int(number) for number in found if str(number).isdigit()))
