"""Inputs and selects are what Django would have written."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from shouwang.office.web.forms.rendering import Renderer

CHOICES = [("", "—"), ("a", "甲"), (1, "<乙>"), (None, "空")]
GROUPED = [("组", [("a", "甲")]), ("b", "乙")]
ODD = {"class": 'x"y', "required": True, "hidden": False, "data-n": 3, "aria-label": "<好>"}
WIDGETS = [
    forms.TextInput(ODD),
    forms.NumberInput(),
    forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    forms.HiddenInput(),
    forms.PasswordInput(render_value=True),
    forms.CheckboxInput(),
    forms.Textarea(ODD),
    forms.Select(ODD, choices=CHOICES),
    forms.Select(choices=GROUPED),
    forms.SelectMultiple(choices=CHOICES),
    forms.RadioSelect(ODD, choices=CHOICES),
    forms.CheckboxSelectMultiple(choices=CHOICES),
    forms.ClearableFileInput(),
]


@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@pytest.mark.parametrize("value", [None, "", "a", 'q"<&>', 1, True, "2020-07-06"])
def test_widget_is_written_as_django_would(widget, value):
    asked = {
        "name": "f<1>",
        "value": [value] if "Multiple" in type(widget).__name__ else value,
        "attrs": {"id": "id_f"},
    }
    assert widget.render(**asked, renderer=Renderer()) == widget.render(**asked, renderer=DjangoTemplates())


class Asked(forms.Form):
    tap = forms.ChoiceField(choices=CHOICES[1:3], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(choices=CHOICES[1:3], widget=forms.CheckboxSelectMultiple)


def test_single_taps_are_written_as_django_would():
    shown = [
        [tap.tag() for name in ("tap", "many") for tap in Asked({"tap": "a", "many": ["1"]}, renderer=renderer)[name]]
        for renderer in (Renderer(), DjangoTemplates())
    ]
    assert shown[0] == shown[1]
    assert len(shown[0]) == 4
