"""The words a case is spoken of in: states, procedures, where it came from, how it ended."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Each is named after what was done last."""

    CLUE = "clue", _("线索")
    ASSIGNED = "assigned", _("已派人")
    VISITED = "visited", _("已入户")
    COMPARED = "compared", _("已比对")
    REVIEWED = "reviewed", _("已评议")
    NOTICED = "noticed", _("公示中")
    AUDITED = "audited", _("乡镇已审核")
    REFUSAL_PROPOSED = "refusal-proposed", _("拟不予纳入")
    INCLUDED = "included", _("已纳入")
    IN_HELP = "in-help", _("帮扶中")
    REMOVAL_PROPOSED = "removal-proposed", _("拟消除")
    REMOVAL_VISITED = "removal-visited", _("消除：已入户")
    REMOVAL_REVIEWED = "removal-reviewed", _("消除：已评议")
    REMOVAL_NOTICED = "removal-noticed", _("消除：公示中")
    REMOVAL_AUDITED = "removal-audited", _("消除：乡镇已审核")
    REFUSED = "refused", _("不予纳入，待告知")
    REMOVED = "removed", _("已消除")
    CLOSED = "closed", _("已结案")

    @classmethod
    def ended(cls) -> tuple[str, ...]:
        return (cls.REFUSED.value, cls.REMOVED.value, cls.CLOSED.value)

    @classmethod
    def open(cls) -> tuple[str, ...]:
        return tuple(state.value for state in cls if state.value not in cls.ended())


class Procedure(TextChoices):
    INCLUSION = "inclusion", _("纳入")
    REMOVAL = "removal", _("消除")


class Origin(TextChoices):
    SCREENING = "screening", _("系统筛查")
    DECLARATION = "declaration", _("农户申报")
    ROUNDS = "rounds", _("干部排查")
    REVIEW = "review", _("定期综合评价")
    OTHER = "other", _("信访、舆情等")


class Closing(TextChoices):
    REFUSED = "refused", _("不予纳入")
    WITHDRAWN = "withdrawn", _("撤回")
    DIED = "died", _("死亡")
    MOVED = "moved", _("迁出")
    MERGED = "merged", _("合户")
    LEFT = "left", _("销户")
    REMOVED = "removed", _("风险消除")
