"""The forms under tables of cases: which are ticked, and what is done with them."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from shouwang.office.casework.forms.steps import AnnounceForm, AssignForm, StepForm
from shouwang.office.casework.models import Procedure
from shouwang.office.casework.queries.words import REASONS, WAYS
from shouwang.office.casework.transitions import TABLE

NUMBER = re.compile(r"[0-9]{1,18}")
"""What can be the number of a case: anything else was not ticked in a table of ours."""
NEEDED = {"refuse": ("code", "text"), "send-back": ("to", "reason"), "remove": ("way",)}
"""What each decision asks for beside the cases."""


class ManyForm(StepForm):
    """A form about the ticked cases of a table."""

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not self.chosen():
            self.add_error(None, _("没有选户：先在表里勾选"))
        return values

    def chosen(self) -> list[int]:
        """Numbers of the ticked cases, each once, in the order of the table."""
        found = self.data.getlist("chosen") if hasattr(self.data, "getlist") else self.data.get("chosen", [])
        return list(dict.fromkeys(int(number) for number in found if NUMBER.fullmatch(str(number))))


class AssignManyForm(ManyForm, AssignForm):
    """The two who go to all that are ticked."""


class AnnounceManyForm(ManyForm, AnnounceForm):
    """The sheet for all that are ticked."""


class LevelsForm(ManyForm):
    do = forms.ChoiceField(choices=[(name, name) for name in ("raise-level", "keep-level")])
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("写明核实到了什么，每一户都记这一条"),
        max_length=400,
    )


class BatchForm(ManyForm):
    do = forms.ChoiceField(choices=[(name, name) for name in ("include", "refuse", "send-back", "remove")])
    code = forms.ChoiceField(label=gettext_lazy("原因"), choices=[("", "—"), *REASONS.items()], required=False)
    text = forms.CharField(
        label=gettext_lazy("告诉农户的话"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=400
    )
    to = forms.ChoiceField(label=gettext_lazy("退回到哪一步"), choices=[], required=False)
    reason = forms.CharField(
        label=gettext_lazy("缺什么"), widget=forms.Textarea(attrs={"rows": 2}), required=False, max_length=400
    )
    way = forms.ChoiceField(label=gettext_lazy("怎样消除的"), choices=[("", "—"), *WAYS.items()], required=False)

    def __init__(self, data: Any = None, *, procedure: str = Procedure.INCLUSION, **options: Any) -> None:
        super().__init__(data, **options)
        rows = [row for row in TABLE if row.action == "send-back" and row.procedure == procedure]
        back = dict.fromkeys(state for row in rows for state in row.to)
        self.fields["to"].choices = [("", "—"), *((state.value, state.label) for state in back)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        for name in NEEDED.get(values.get("do", ""), ()):
            if not values.get(name):
                self.add_error(name, _("这一项要填"))
        return values
