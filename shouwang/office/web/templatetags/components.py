"""Components of every page: level, clock, ruler, place, money. Builtins of all templates."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext

from shouwang.office.access.roles import ROLES
from shouwang.office.web import places
from shouwang.office.web.levels import level_word
from shouwang.office.web.templatetags.words import said_once
from shouwang.terms.level import Level

register = template.Library()
SUBJECTS = {
    "assignment": _lazy("角色"),
    "audit": _lazy("留痕"),
    "backup": _lazy("备份"),
    "case": _lazy("办理"),
    "cases": _lazy("办理清单"),
    "chain": _lazy("留痕链"),
    "contradiction": _lazy("矛盾"),
    "effect": _lazy("成效"),
    "evidence": _lazy("佐证"),
    "fact": _lazy("事实"),
    "follow-up": _lazy("回访"),
    "help": _lazy("帮扶"),
    "household": _lazy("农户"),
    "households": _lazy("农户名单"),
    "keyring": _lazy("密钥"),
    "levels": _lazy("级别"),
    "measure": _lazy("措施"),
    "page": _lazy("页面"),
    "payment": _lazy("拨款"),
    "payments": _lazy("资金台账"),
    "person": _lazy("人"),
    "plan": _lazy("帮扶计划"),
    "publication": _lazy("发布"),
    "register": _lazy("登记册"),
    "rescue": _lazy("先行救助"),
    "schedule": _lazy("期限"),
    "suppression": _lazy("免预警"),
    "user": _lazy("账号"),
    "warning": _lazy("预警"),
}
"""What an event can be about."""
WIDTH = 600


@register.simple_tag
@said_once
def level(number: int | None, *, suspected: bool = False, status: str = "", short: bool = False) -> str:
    """A level as numeral, word and colour; suspected is an outline, confirmed is filled; unknown is dashed."""
    numeral = Level(number).numeral if number else ""
    shown = {
        "number": number,
        "numeral": numeral,
        "word": level_word(number),
        "suspected": suspected,
        "status": status,
        "short": short,
    }
    return render_to_string("web/parts/level.html", shown)


@register.simple_tag
@said_once
def clock(due: date | None, *, on: date, is_paused: bool = False, soon: int = 2) -> str:
    """How long until a deadline, in words; it turns amber within `soon` days and red after it."""
    state, words = _time_left(due, on, is_paused, soon)
    return render_to_string("web/parts/clock.html", {"due": due, "state": state, "words": words})


def _time_left(due: date | None, on: date, is_paused: bool, soon: int) -> tuple[str, str]:
    if due is None:
        return "none", _("无时限")
    if is_paused:
        return "paused", _("暂停（异议处理中）")
    left = (due - on).days
    if left < 0:
        return "late", ngettext("超 %(days)d 日", "超 %(days)d 日", -left) % {"days": -left}
    if left == 0:
        return "due", _("今天到期")
    words = ngettext("还剩 %(days)d 日", "还剩 %(days)d 日", left) % {"days": left}
    return "due" if left <= soon else "", words


@register.inclusion_tag("web/parts/pager.html")
def pager(page: Any) -> dict[str, Any]:
    """Links to the pages before and after, from `web.paging.Page`."""
    return {"pager": page}


@register.inclusion_tag("web/parts/ruler.html")
def ruler(at: Decimal, *, poor: Decimal, line: Decimal, level: int) -> dict[str, Any]:
    """Where income per person stands against the poverty line and the monitoring line; amounts in 元."""
    top = line * Decimal("1.667")
    x = {
        name: int(WIDTH * min(max(value, 0), top) / top) for name, value in (("poor", poor), ("line", line), ("at", at))
    }
    return {
        "poor": x["poor"],
        "middle": x["line"] - x["poor"],
        "line": x["line"],
        "rest": WIDTH - x["line"],
        "at": min(max(x["at"], 10), WIDTH - 10),
        "at_text": min(max(x["at"], 80), WIDTH - 80),
        "at_yuan": _("%(amount)s 元/人") % {"amount": yuan(at)},
        "poor_yuan": yuan(poor),
        "line_yuan": yuan(line),
        "level": level,
        "label": _("人均 %(at)s 元，监测线 %(line)s 元") % {"at": yuan(at), "line": yuan(line)},
    }


@register.filter
def yuan(amount: Decimal | int | str | None) -> str:
    """An amount of 元 with thousands separated; decimals only where there are any. Unknown: a dash."""
    if amount is None or amount == "":
        return "—"
    text = f"{Decimal(amount):,.2f}"
    return text.removesuffix(".00")


@register.filter
def fen(amount: int | None) -> str:
    """Fen shown as 元."""
    return yuan(None if amount is None else Decimal(amount) / 100)


@register.filter
def more(count: int | None) -> str:
    """How many more or fewer, with its sign; none is a dash, and so is what is not told."""
    return f"{count:+,}".replace("-", "−") if count else "—"


@register.filter
def called(household: Any) -> str:
    """A household by the name of its head; ○ where that is unknown."""
    return _("%(name)s户") % {"name": household.head_name or "○"}


@register.filter
@said_once
def people(count: int) -> str:
    """How many people."""
    return ngettext("%(n)s 人", "%(n)s 人", count) % {"n": localize(count)}


@register.filter
@said_once
def people_word(count: int) -> str:
    """The word after a number of people that stands by itself."""
    return (ngettext("%(n)s 人", "%(n)s 人", count) % {"n": ""}).strip()


@register.filter
@said_once
def homes(count: int) -> str:
    """How many households."""
    return ngettext("%(n)s 户", "%(n)s 户", count) % {"n": localize(count)}


@register.filter
@said_once
def homes_word(count: int) -> str:
    """The word after a number of households that stands by itself."""
    return (ngettext("%(n)s 户", "%(n)s 户", count) % {"n": ""}).strip()


@register.filter
def role_name(key: str) -> str:
    """The words of a role; what the office does by itself, or by a command, has none of the roles."""
    return str(ROLES[key].name) if key in ROLES else _("系统")


@register.filter
def subject_word(kind: str) -> str:
    """What an event is about, in words; a kind that has none is shown as it is."""
    return str(SUBJECTS.get(kind, kind))


@register.filter
def unlocalize_number(number: float) -> str:
    return f"{number:.3f}"


@register.simple_tag(takes_context=True)
def place(context: Any, area_code: str) -> str:
    """Where something is, as somebody of this area says it: a township officer names the village alone."""
    actor = context.get("actor")
    return places.seen_from(area_code, actor.area_code if actor else "")


@register.simple_tag
def whole_place(area_code: str) -> str:
    """Where something is, from the county down, whoever reads it."""
    return places.place(area_code)


@register.simple_tag
def short_place(area_code: str) -> str:
    return places.short_place(area_code)
