"""What is wrong with a form stands at its head, with a link to each field, and at the field."""

import re

from django import forms
from django.template import Context, Template

LINK = re.compile(r'<a href="#([^"]*)">([^<：]*)：([^<]+)<')


class Asked(forms.Form):
    tap = forms.ChoiceField(label="点一个", choices=[("a", "甲"), ("b", "乙")], widget=forms.RadioSelect)
    number = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(label="姓名", max_length=2)

    def clean(self):
        self.add_error(None, "整张表都不对")


def _said(words: str, form: forms.Form) -> str:
    return Template(words).render(Context({"form": form})).strip()


def test_faults_are_listed_in_the_order_of_the_form_with_links_to_what_is_filled_in():
    page = _said("{% faults form %}", Asked({"name": "三个字"}))
    links = LINK.findall(page)
    assert [(target, label) for target, label, _error in links] == [("id_tap_0", "点一个"), ("id_name", "姓名")]
    assert "<p>整张表都不对</p>" in page
    assert "有 2 处要改" in page


def test_faults_have_the_focus():
    page = _said("{% faults form %}", Asked({"tap": "a", "number": "1", "name": "甲"}))
    assert re.findall(r"<div [^>]*>", page) == ['<div class="said error" role="alert" tabindex="-1" autofocus>']
    assert LINK.findall(page) == []


def test_form_nobody_has_sent_has_no_faults():
    assert _said("{% faults form %}{% wrong form.name %}", Asked()) == ""


def test_fault_stands_under_the_id_its_input_refers_to():
    form = Asked({"tap": "a", "number": "1", "name": "<三个字>"})
    assert 'aria-describedby="id_name_error"' in str(form["name"])
    assert _said("{% wrong form.name %}", form).startswith('<span class="wrong" id="id_name_error">太长了')


def test_fault_of_taps_that_are_not_there_leads_to_where_they_would_be():
    form = Asked({"number": "1", "name": "甲"})
    form.fields["tap"].choices = []
    assert [target for target, _label, _error in LINK.findall(_said("{% faults form %}", form))] == ["id_tap"]
