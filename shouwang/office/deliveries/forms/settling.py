"""The form that settles a doubtful match."""

from typing import Any

from django import forms
from django.utils.translation import gettext

from shouwang.office.deliveries.queries.doubtful import Candidate, Doubt
from shouwang.screening.linkage.decisions import Verdict


class SettleForm(forms.Form):
    """One choice for each candidate; the fingerprint says which record the page was about."""

    fingerprint = forms.CharField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, doubt: Doubt, seen: int, **kwargs: Any) -> None:
        super().__init__(*args, initial={"fingerprint": doubt.fingerprint, "seen": seen}, **kwargs)
        self.doubt = doubt
        for candidate in doubt.candidates:
            self.fields[self.name_of(candidate)] = forms.ChoiceField(
                choices=[(verdict.value, verdict.value) for verdict in Verdict],
                required=False,
                initial=candidate.decided.decision.value if candidate.decided else None,
                widget=forms.RadioSelect,
            )

    def name_of(self, candidate: Candidate) -> str:
        return f"person-{candidate.person_id}"

    def found(self) -> dict[str, Verdict]:
        """Person to verdict, of those chosen."""
        told = ((one.person_id, self.cleaned_data.get(self.name_of(one))) for one in self.doubt.candidates)
        return {person: Verdict(word) for person, word in told if word}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("fingerprint") != self.doubt.fingerprint:
            raise forms.ValidationError(gettext("存疑清单已经换过：回到清单重新打开这一条"))
        found = self.found()
        if not found:
            raise forms.ValidationError(gettext("还没有选：至少对一个人选“同一人”“不是”或“待查”"))
        if list(found.values()).count(Verdict.SAME) > 1:
            raise forms.ValidationError(gettext("同一条所交记录只能是一个人：只留一个“同一人”"))
        return cleaned
