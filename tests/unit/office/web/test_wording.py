"""What forms say of an answer that cannot be, in the words of the office."""

from datetime import date

import pytest
from django import forms
from django.core.exceptions import ValidationError

from shouwang.office.web.forms.wording import FIRST_DAY, possible_day


class Everything(forms.Form):
    text = forms.CharField(min_length=3, max_length=5)
    choice = forms.ChoiceField(choices=[("a", "a")])
    day = forms.DateField()
    number = forms.IntegerField(min_value=1, max_value=9)
    file = forms.FileField()


def _said(**typed: str) -> dict[str, list[str]]:
    return dict(Everything(typed).errors)


def test_what_is_missing_is_asked_for():
    assert _said() == {
        "text": ["没有填 → 填上这一项"],
        "choice": ["没有选 → 选一项"],
        "day": ["没有填 → 填上这一项"],
        "number": ["没有填 → 填上这一项"],
        "file": ["没有选文件 → 选一份文件"],
    }


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("text", "ab", "太短了，现在 2 个字 → 至少 3 个字"),
        ("text", "abcdef", "太长了，现在 6 个字 → 最多 5 个字"),
        ("day", "明天", "不是日期 → 写作 2020-07-06"),
        ("number", "两个", "不是整数 → 只写数字"),
        ("number", "0", "太小了 → 至少 1"),
        ("number", "10", "太大了 → 最多 9"),
    ],
)
def test_what_cannot_be_is_told_with_its_cure(field, typed, said):
    assert _said(**{field: typed})[field] == [said]


def test_day_before_anybody_lived_is_none():
    possible_day(FIRST_DAY)
    with pytest.raises(ValidationError, match="没有这么早的日期"):
        possible_day(date(1802, 1, 1))
