"""Forms of accounts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.roles import ROLES
from shouwang.office.web.places import is_known


def roles_for(area_code: str) -> list[tuple[str, object]]:
    """Roles that can be had over an area of that level."""
    return [(key, role.name) for key, role in ROLES.items() if len(area_code) in role.levels]


class OpenAccountForm(forms.Form):
    """A new account and its first role over an area that is already chosen."""

    username = forms.RegexField(
        r"^[a-z0-9._-]{2,40}$",
        label=_("用户名"),
        help_text=_("小写字母、数字、点和横线；不要用证件号或电话"),
        error_messages={"invalid": _("只用小写字母、数字、点和横线，2 到 40 个。")},
    )
    display_name = forms.CharField(label=_("显示的姓名"), max_length=80)
    organisation = forms.CharField(label=_("单位"), max_length=80, required=False)
    role = forms.ChoiceField(label=_("角色"))

    def __init__(self, *args: object, area_code: str, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = roles_for(area_code)


class GiveRoleForm(forms.Form):
    role = forms.ChoiceField(label=_("角色"), choices=[(key, role.name) for key, role in ROLES.items()])
    area_code = forms.RegexField(
        r"^([0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$",
        label=_("区划代码"),
        help_text=_("市 4 位，县 6 位，乡镇 9 位，村 12 位"),
        error_messages={"invalid": _("区划代码是 4、6、9 或 12 位数字。")},
    )

    def clean_area_code(self) -> str:
        code: str = self.cleaned_data["area_code"]
        if not is_known(code):
            raise forms.ValidationError(_("没有这个地区 → 核对区划代码"))
        return code


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("原密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label=_("新密码"),
        strip=False,
        help_text=_("至少 10 个字符，不要用常见的词或自己的姓名"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次新密码"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_again(self) -> str:
        if self.cleaned_data["again"] != self.cleaned_data.get("new"):
            raise forms.ValidationError(_("两次输入的新密码不一样。"))
        return str(self.cleaned_data["again"])
