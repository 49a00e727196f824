"""Fields the forms of help share: a day, an amount in 元, a file, and the number that makes a form count once."""

from decimal import Decimal, InvalidOperation
from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.actions.evidence import LIMIT_BYTES, SIGNS, kind_of
from shouwang.office.casework.actions.moving import Sending
from shouwang.office.web.forms.wording import possible_day

HEAD_BYTES = max(len(sign) for sign, _media, _ending in SIGNS)


class DayField(forms.DateField):
    """A day, picked or typed."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    default_validators = [possible_day]  # noqa: RUF012


class YuanField(forms.CharField):
    """An amount typed in 元, with or without thousands separated. *Units*: its value is fen."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> int | None:
        text = str(value or "").strip().replace(",", "").replace("，", "").removesuffix("元")
        if not text:
            return None
        try:
            fen = Decimal(text) * 100
        except InvalidOperation:
            raise ValidationError(_("不是金额 → 以元填写，例如 1234.50")) from None
        if not fen.is_finite() or fen != fen.to_integral_value() or not 0 < fen <= 10**13:
            raise ValidationError(_("金额要大于零，至多两位小数"))
        return int(fen)

    def clean(self, value: Any) -> int | None:
        found = self.to_python(value)
        if found is None and self.required:
            raise ValidationError(_("没有填金额"))
        return found


class EvidenceField(forms.FileField):
    """A photo or a PDF; what it is, its content says when it is kept."""

    def __init__(self, *, required: bool = False) -> None:
        kinds = ",".join(media for _sign, media, _ending in SIGNS)
        widget = forms.FileInput(attrs={"accept": kinds})
        hint = _("合同、收据、照片；JPG、PNG 或 PDF，不超过 10 MB")
        super().__init__(label=_("照片或 PDF"), required=required, widget=widget, help_text=hint)


class PhotosInput(forms.FileInput):
    """As many files as are chosen; on a phone its camera is offered."""

    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Photos or a PDF, any number of them. Its value is the list of them."""

    def __init__(self, *, label: Any, required: bool) -> None:
        widget = PhotosInput(attrs={"accept": ",".join(media for _sign, media, _ending in SIGNS)})
        super().__init__(label=label, required=required, widget=widget, help_text=_("每个不超过 10 MB，可以选几个"))

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        if not data:
            return []
        files = [super(PhotosField, self).clean(one, initial) for one in data]
        for file in files:
            if kind_of(file.read(HEAD_BYTES)) is None:
                raise ValidationError(_("这个附件不是照片也不是 PDF"))
            if file.size > LIMIT_BYTES:
                raise ValidationError(_("附件太大"))
            file.seek(0)
        return files


class NumberedForm(forms.Form):
    """A form that is carried out once, however often it is sent. Several stand on one page: each has ids of its own."""

    required_css_class = "needed"
    form_number = forms.CharField(max_length=36, widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{type(self).__name__.lower()}_%s", **kwargs})
        self.fields["form_number"].initial = str(uuid4())

    def sending(self) -> Sending:
        return Sending(number=self.cleaned_data["form_number"])
