"""The form that hands in department files."""

import re
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from shouwang.office.deliveries.queries.words import dataset_names
from shouwang.office.web.speaking import listed
from shouwang.screening.intake.survey import SUFFIXES

MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")
MOST_FILES = 30


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files at once; what each is, the screening says."""

    widget = Files

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        return [super(FilesField, self).clean(one, initial) for one in (data or [None])]


class HandInForm(forms.Form):
    form_number = forms.RegexField(r"^[0-9A-Za-z]{1,36}$", widget=forms.HiddenInput)
    files = FilesField(label=_("文件（可选多份）"), widget=Files(attrs={"accept": ",".join(sorted(SUFFIXES))}))
    dataset = forms.ChoiceField(label=_("是哪份数据"), required=False, help_text=_("一般不用选，认错了再选。"))
    month = forms.CharField(
        label=_("是哪个月"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "2020-06", "inputmode": "numeric", "pattern": r"20\d\d-\d\d"}),
        help_text=_("名册里没有日期时才要写，例如 2020-06。"),
    )

    def __init__(self, *args: Any, megabytes: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.most = megabytes * 1024 * 1024
        self.fields["files"].help_text = gettext("Excel、CSV 等原样交来，每份不超过 %(n)s MB。") % {"n": megabytes}
        choices = dataset_names().items()
        self.fields["dataset"].choices = [("", gettext("看内容认")), *choices]

    def clean_files(self) -> list[UploadedFile]:
        files: list[UploadedFile] = self.cleaned_data["files"]
        faults = []
        if len(files) > MOST_FILES:
            faults.append(gettext("一次最多交 %(n)s 份，请分几次交") % {"n": MOST_FILES})
        for number, file in enumerate(files, start=1):
            if file.size > self.most:
                faults.append(
                    gettext("第 %(number)s 份超过 %(n)s MB，请按月拆开或存成 CSV 再交")
                    % {"number": number, "n": self.most // 1024 // 1024}
                )
            if PurePath(file.name).suffix.lower() not in SUFFIXES:
                faults.append(
                    gettext("第 %(number)s 份不是能读的格式，请交 %(kinds)s")
                    % {"number": number, "kinds": listed(sorted(SUFFIXES))}
                )
        if faults:
            raise forms.ValidationError(faults)
        return files

    def clean_month(self) -> str:
        month: str = self.cleaned_data["month"].strip()
        if month and not MONTH.fullmatch(month):
            raise forms.ValidationError(gettext("月份写作 2020-06"))
        return month
