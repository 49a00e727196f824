"""The words of codes that stand in decisions and objections."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.models import Decision, Evidence, Objection

REASONS: dict[str, str | Promise] = {
    Decision.Reason.NOT_TRUE: _("入户核实，情况不属实"),
    Decision.Reason.ABOVE_LINE: _("核实后收入高于监测线，也没有大额支出"),
    Decision.Reason.ASSETS: _("名下资产核实后不符合条件"),
    Decision.Reason.ALREADY_SECURED: _("已由其他保障解决"),
    Decision.Reason.NOT_ELIGIBLE: _("不属于监测对象范围"),
    Decision.Reason.REVIEW_AGAINST: _("民主评议没有通过"),
    Decision.Reason.OTHER: _("其他"),
}
OUTCOMES: dict[str, str | Promise] = {
    Objection.Outcome.NOT_UPHELD: _("不成立"),
    Objection.Outcome.UPHELD: _("成立"),
    Objection.Outcome.WITHDRAWN: _("已撤回"),
}
HOW: dict[str, str | Promise] = {
    Decision.How.DOOR: _("上门"),
    Decision.How.PHONE: _("电话"),
    Decision.How.PAPER: _("书面"),
}
WAYS: dict[str, str | Promise] = {"help": _("帮扶消除"), "natural": _("自然消除")}
KINDS: dict[str, str | Promise] = {
    Decision.Kind.INCLUDE: _("同意纳入"),
    Decision.Kind.REFUSE: _("不予纳入"),
    Decision.Kind.RAISE: _("调高级别"),
    Decision.Kind.HOLD: _("维持级别"),
    Decision.Kind.REMOVE: _("同意消除"),
    Decision.Kind.KEEP: _("不予消除"),
}
EVIDENCE: dict[str, str | Promise] = {
    Evidence.Kind.NOTICE_START: _("公示开始"),
    Evidence.Kind.NOTICE_END: _("公示结束"),
    Evidence.Kind.ANNOUNCED: _("结果公告"),
    Evidence.Kind.VISIT: _("入户"),
    Evidence.Kind.MINUTES: _("评议"),
    Evidence.Kind.ASSETS: _("资产凭据"),
    Evidence.Kind.HELP: _("帮扶"),
}
