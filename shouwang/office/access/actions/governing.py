"""Who may change whose account."""

from django.utils.translation import gettext as _

from shouwang.office.access.models import User
from shouwang.office.access.queries import governs, mark
from shouwang.office.audit.actor import Actor
from shouwang.terms.errors import UserError


def governed(user: User, *, by: Actor, expected: str | None = None) -> User:
    """The account, locked for the transaction. An administrator of a county must not become, through the password of
    somebody who also serves there, what that person is elsewhere.

    Errors: `UserError` where the account has a role outside the area, or has changed since its form was shown.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    if by.user_id != str(row.pk) and not governs(by.area_code, row):
        raise UserError(_("这个账号在别处还有角色"), _("请管得到它全部角色的上一级管理员来做"))
    if expected is not None and expected != mark(row):
        raise UserError(_("这个账号刚才已经改过"), _("重新打开账号页，看现在的状态"))
    return row
