"""The examples and families of `measure_kinds` in English."""

from shouwang.policy.measure_kinds import MEASURES, MeasureKind

ENGLISH = {
    "龙头企业或合作社带动": "led by a firm or cooperative",
    "资产分红": "dividends of assets",
    "代种代养": "planting and raising on commission",
    "生产奖补": "production subsidies",
    "电商销售": "online sales",
    "致富带头人": "leading villagers",
    "岗位对接": "job placement",
    "技能培训": "skills training",
    "车间": "workshops",
    "以工代赈": "work for relief",
    "劳务补助": "labour subsidies",
    "小额信贷": "small loans",
    "贴息": "interest subsidies",
    "护林": "forest warden",
    "保洁": "cleaning",
    "巡河": "river patrol",
    "危房改造": "rebuilding of dangerous houses",
    "灾后修缮": "repair after a disaster",
    "水源工程": "water works",
    "应急送水": "emergency water",
    "参保资助": "insurance premiums paid",
    "医疗救助": "medical aid",
    "家庭医生签约": "a family doctor",
    "劝返复学": "back to school",
    "送教上门": "teaching at home",
    "助学金": "grants",
    "助学贷款": "student loans",
    "雨露计划": "the Yulu programme",
    "低保": "basic living allowance",
    "特困供养": "support for the destitute",
    "养老": "pensions",
    "临时救助": "temporary relief",
    "防贫救助资金": "relief fund against poverty",
    "防贫保险": "insurance against poverty",
    "东西部协作": "east–west cooperation",
    "定点帮扶": "paired assistance",
    "捐赠": "donations",
    "接力走访": "visits in relay",
    "三讲三评": "village talks and reviews",
    "爱心超市积分": "points for the village shop",
    "消费帮扶": "sales by solidarity",
    "避险搬迁": "moving out of danger",
    "集中安置": "resettlement together",
    "入户路": "the road to the door",
    "改厕": "a better toilet",
    "用电": "electricity",
    "村组路": "roads between hamlets",
    "水利": "irrigation",
    "通信": "telephone and internet",
}
FAMILIES = {"扶": "lift", "带": "bring along", "帮": "relieve", "引": "guide", "提": "raise"}
BETWEEN = "、"
_NAMES = {kind.zh: kind.en for kind in MEASURES}


def in_english(kind: MeasureKind) -> str:
    """`job placement, skills training`. An example without its English stands as it is."""
    return ", ".join(ENGLISH.get(one, one) for one in kind.examples.split(BETWEEN))


def wish_in_english(wish: str) -> str:
    """Measures that were tapped as a wish, kept by their Chinese names; what people said besides stays."""
    return ", ".join(_NAMES.get(one, one) for one in wish.split(BETWEEN))


def families_in_english(families: str) -> str:
    """`扶带`: lift · bring along."""
    return " · ".join(FAMILIES[family] for family in families if family in FAMILIES)
