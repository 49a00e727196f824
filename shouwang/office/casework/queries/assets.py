"""Asset flags of a household, and the questions they became."""

from django.utils.translation import gettext_lazy as _

from shouwang.office.casework.models import AssetQuestion
from shouwang.office.registry.models import FactSheet
from shouwang.office.web.speaking import language
from shouwang.policy.vocabulary import ASSETS

ANSWERS = {
    AssetQuestion.Answer.TRUE: _("属实"),
    AssetQuestion.Answer.FALSE: _("不属实"),
    AssetQuestion.Answer.DISPOSED: _("已处置"),
    AssetQuestion.Answer.EXPLAINED: _("已说明"),
}


def flags_of(household_id: str) -> list[str]:
    """Codes of the household's asset flags in their fixed order; none where nothing is known."""
    text = FactSheet.objects.filter(pk=household_id).values_list("asset_flags", flat=True).first() or ""
    found = {flag.strip() for flag in text.replace("、", ",").replace(";", ",").split(",")}
    return [flag for flag in ASSETS if flag in found]


def word(flag: str) -> str:
    return ASSETS[flag][language() == "en"] if flag in ASSETS else flag
