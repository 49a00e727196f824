"""What forms say of an answer that is missing or cannot be: the office's words with the cure, in place of Django's."""

from datetime import date

from django import forms
from django.core import validators
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.terms.id_number import FIRST_YEAR

FIRST_DAY = date(int(FIRST_YEAR), 1, 1)
"""Nobody the register knows of was born before."""


def speak_plainly() -> None:
    """Every form of the site speaks so; asked for once, when the site starts."""
    forms.Field.default_error_messages["required"] = _("没有填 → 填上这一项")
    forms.ChoiceField.default_error_messages["required"] = _("没有选 → 选一项")
    forms.FileField.default_error_messages["required"] = _("没有选文件 → 选一份文件")
    forms.DateField.default_error_messages["invalid"] = _("不是日期 → 写作 2020-07-06")
    forms.IntegerField.default_error_messages["invalid"] = _("不是整数 → 只写数字")
    validators.MaxLengthValidator.message = _("太长了，现在 %(show_value)d 个字 → 最多 %(limit_value)d 个字")
    validators.MinLengthValidator.message = _("太短了，现在 %(show_value)d 个字 → 至少 %(limit_value)d 个字")
    validators.MaxValueValidator.message = _("太大了 → 最多 %(limit_value)s")
    validators.MinValueValidator.message = _("太小了 → 至少 %(limit_value)s")


def possible_day(day: date) -> None:
    """A validator of days. Errors: `ValidationError` for one before anybody lived."""
    if day < FIRST_DAY:
        raise ValidationError(gettext("没有这么早的日期 → 看看年份写对没有"))
