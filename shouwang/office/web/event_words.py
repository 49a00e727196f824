"""What an event says changed, in the words an auditor reads; the event itself keeps codes."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.access.roles import ROLES
from shouwang.office.web.places import place
from shouwang.office.web.templatetags.components import fen
from shouwang.terms.level import Level

NAMES: dict[str, str | Promise] = {
    "action": _("步骤"),
    "active": _("在用"),
    "after_months": _("满几个月"),
    "amount_fen": _("金额（元）"),
    "announcement": _("结果公告"),
    "answer": _("回答"),
    "area": _("地区"),
    "as_of": _("截至"),
    "cadre": _("责任干部"),
    "case": _("办理"),
    "changes": _("改动"),
    "changes.better": _("减轻"),
    "changes.cleared": _("解除"),
    "changes.left": _("不在登记册"),
    "changes.new": _("新增"),
    "changes.now_unverified": _("预警转待核实"),
    "changes.same": _("不变"),
    "changes.worse": _("加重"),
    "closed": _("关闭"),
    "code": _("种类"),
    "confirmed_level": _("认定级别"),
    "contradictions": _("新矛盾"),
    "dataset": _("数据"),
    "decision": _("怎么定的"),
    "department": _("部门"),
    "due_on": _("期限"),
    "ended_on": _("结束日期"),
    "facts": _("事实"),
    "field": _("项"),
    "folder": _("筛查结果"),
    "for": _("赞成"),
    "found": _("找到"),
    "goes_on_from": _("接着哪一件"),
    "households": _("农户"),
    "how": _("方式"),
    "is_cut": _("只列出一部分"),
    "joined": _("并入在办"),
    "kind": _("种类"),
    "level": _("级别"),
    "life_event": _("家庭变动"),
    "measures": _("措施"),
    "month": _("月份"),
    "newly_to_verify": _("转入待核实"),
    "no_longer_to_verify": _("待核实了结"),
    "notice": _("公示"),
    "objection": _("异议"),
    "on": _("日期"),
    "opened": _("新立线索"),
    "origin": _("线索来源"),
    "password": _("密码"),
    "people": _("人"),
    "person": _("人"),
    "plan": _("帮扶计划"),
    "present": _("到会"),
    "question": _("疑点"),
    "reason": _("理由"),
    "receipt": _("回执号"),
    "rechecks": _("要定级别"),
    "review": _("民主评议"),
    "role": _("角色"),
    "rows": _("行"),
    "rule": _("规则"),
    "second_factor": _("第二道验证"),
    "since": _("自"),
    "source": _("来源"),
    "state": _("环节"),
    "status": _("进展"),
    "to_verify": _("待核实"),
    "until": _("至"),
    "user": _("账号"),
    "username": _("用户名"),
    "value": _("值"),
    "villages": _("村"),
    "visit": _("入户"),
}
"""What a value is called; one that is not here is shown by its code."""
VALUES: dict[str, Callable[[str], str | Promise]] = {
    "amount_fen": lambda amount: fen(int(amount)),
    "area": place,
    "confirmed_level": lambda level: Level(int(level)).numeral,
    "level": lambda level: Level(int(level)).numeral,
    "role": lambda key: ROLES[key].name,
}
"""How a code is told. A room above adds its own when it starts; one that nobody can tell is shown as it is."""


def name_of(code: str) -> str:
    return str(NAMES.get(code, code))


def told(code: str, value: str) -> str:
    tell = VALUES.get(code)
    try:
        return str(tell(value)) if tell and value else value
    except (KeyError, ValueError):
        return value
