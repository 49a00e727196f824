"""Days somebody writes down: what happened lies between the beginning of its matter and today, what is planned near."""

from datetime import date

from django.utils.translation import gettext as _

from shouwang.policy.help_figures import figure
from shouwang.terms.errors import UserError
from shouwang.terms.months import months_after, months_before


def happened(day: date, *, on: date, since: date, began: str) -> date:
    """Errors: `UserError` for a day that has not come, or before what it belongs to `began`, in words."""
    not_in_future(day, on=on)
    return not_before(day, since=since, began=began)


def not_in_future(day: date, *, on: date) -> date:
    """Errors: `UserError` for a day that has not come."""
    if day > on:
        raise UserError(_("日期 %(day)s 还没有到") % {"day": day.isoformat()}, _("填今天或以前的日子"))
    return day


def not_before(day: date, *, since: date, began: str) -> date:
    """Errors: `UserError` for a day before what it belongs to began."""
    if day < since:
        raise UserError(
            _("日期 %(day)s 早于%(began)s（%(since)s）")
            % {"day": day.isoformat(), "began": began, "since": since.isoformat()},
            _("看看年份写对没有，填 %(since)s 或以后的日子") % {"since": since.isoformat()},
        )
    return day


def not_long_ago(day: date, *, on: date, within: str) -> date:
    """Errors: `UserError` for a day that has not come, or longer ago than the figure `within` says, in months."""
    not_in_future(day, on=on)
    first = months_before(on, figure(within, on))
    if day < first:
        raise UserError(
            _("日期 %(day)s 太早，最早可以是 %(first)s") % {"day": day.isoformat(), "first": first.isoformat()},
            _("看看年份写对没有；确实这么早的，请县里核对登记册"),
        )
    return day


def not_far_ahead(day: date, *, on: date, within: str) -> date:
    """Errors: `UserError` for a planned day further ahead than the figure `within` says, in months."""
    last = months_after(on, figure(within, on))
    if day > last:
        raise UserError(
            _("日期 %(day)s 太远，最晚可以是 %(last)s") % {"day": day.isoformat(), "last": last.isoformat()},
            _("看看年份写对没有；更远的到时候再填"),
        )
    return day
