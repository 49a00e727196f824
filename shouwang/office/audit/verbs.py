"""What can have happened: the closed list of an event's verbs, with the words an auditor reads."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Verb(TextChoices):
    """`seen` is a sight of a person's page; `revealed` shows an encrypted value; the others change something."""

    SIGNED_IN = "signed-in", _("登录")
    SIGNED_OUT = "signed-out", _("退出")
    REFUSED = "refused", _("越权被拒")
    SEEN = "seen", _("查看")
    SEARCHED = "searched", _("查询")
    REVEALED = "revealed", _("显示敏感信息")
    EXPORTED = "exported", _("导出")
    CREATED = "created", _("新建")
    CHANGED = "changed", _("修改")
    DECIDED = "decided", _("决定")
    PUBLISHED = "published", _("发布")
    LOADED = "loaded", _("载入")
    RECEIVED = "received", _("接收")
    PAID = "paid", _("支付")
    CLOSED = "closed", _("关闭")
