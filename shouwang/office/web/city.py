"""Where the city of this office lies."""

from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from shouwang.terms.errors import UserError


def city() -> Path:
    """Errors: `UserError` while no city is loaded."""
    if not settings.CITY:
        raise UserError(_("还没有载入城市"), _("请管理员用 shouwang load 载入，并设好 SHOUWANG_CITY"))
    return Path(settings.CITY)
