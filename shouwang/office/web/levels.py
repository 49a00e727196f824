"""The short word of a level, as tags, lists and notices say it."""

from django.utils.translation import gettext as _


def level_word(number: int | None) -> str:
    """`突发风险`. Of level Ⅳ both reasons there may be: which of them is documented, the sentence beside it says."""
    words = {1: _("返贫致贫"), 2: _("兜底保障"), 3: _("突发风险"), 4: _("动力或能力不足"), 5: _("稳定增收")}
    return words.get(number or 0, "")
