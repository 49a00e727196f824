"""Ⅱ 兜底保障 and Ⅳ 收入不足: income under the monitoring line, without labour and with it."""

from typing import cast

from shouwang.rules.definitions import fires, rule, variant
from shouwang.rules.household import Figures, Household
from shouwang.rules.language import Claim


def _cannot_earn(h: Household) -> Claim:
    """No labour, or destitute. Source: 昆明方案“兜底保障户”。"""
    without_labour = (h.labour_units == 0).called("整户无劳动力", "no labour")
    destitute = h.support.contains("特困").called("特困户", "destitute")
    return cast(Claim, without_labour | destitute)


@rule(
    code="no-labour",
    level=2,
    since="2020-06-01",
    zh="兜底保障",
    en="no labour and too little income",
    source="昆明方案四类对象之首：兜底保障户 (2020 年 6 月报道);条件是解读",
    status="reading",
)
def no_labour(h: Household, p: Figures) -> object:
    """整户无劳动力或为特困户，且人均参考收入低于监测线。

    Source: 昆明方案“兜底保障户”；条件是我们的解读。
    """
    return _cannot_earn(h) & (h.reference_income < h.monitoring_line)


@rule(
    code="no-labour",
    level=2,
    since="2020-06-01",
    zh="兜底保障",
    en="no labour, and too little income or mostly transfers",
    source="昆明方案四类对象之首：兜底保障户 (2020 年 6 月报道);条件是解读",
    status="reading",
)
def no_labour_or_on_transfers(h: Household, p: Figures) -> object:
    """整户无劳动力或为特困户，且人均参考收入低于监测线或收入以转移性为主；开关 transfer_counts 打开时代替上一条。

    Source: 昆明方案“兜底保障户”；“主要靠转移性收入”是我们的另一种解读，默认不用。
    """
    on_transfers = (h.transfer_income >= p.transfer_share * h.current_income).called(
        "以转移性收入为主", "mostly transfers"
    )
    return _cannot_earn(h) & ((h.reference_income < h.monitoring_line) | on_transfers)


@rule(
    code="below-line",
    level=4,
    since="2020-06-01",
    zh="收入不足",
    en="able to work, too little income",
    source="昆明方案主要标准：低于国家扶贫标准 1.5 倍 (2020 年 6 月报道);归Ⅳ级是解读",
    status="reading",
)
def below_line(h: Household, p: Figures) -> object:
    """有劳动力，且人均参考收入低于监测线；有记录可查的称内生动力不足，其余称发展能力不足。

    Source: 昆明方案“内生动力不足户”；没有记录就不这样称呼，是我们的解读。
    """
    documented = (h.refusals >= p.refusals_documented) | (h.idle_months >= p.idle_months_documented)
    return fires(
        when=(h.labour_units > 0) & (h.reference_income < h.monitoring_line),
        variants=(
            variant("内生动力不足", zh="内生动力不足", en="lacking motivation", when=documented),
            variant("发展能力不足", zh="发展能力不足", en="lacking means to develop"),
        ),
    )
