"""The national columns of help: what each is, whether it develops or secures, its families, and which rules it answers.

Measures go to the rules that fired, never to the colour: a household without labour whose member falls ill has two
rules, and needs an answer to both.
"""

from dataclasses import dataclass
from typing import Literal

Way = Literal["开发式", "保障式"]


@dataclass(frozen=True)
class MeasureKind:
    """One column of the national form. `families` are of 扶带帮引提; `answers` are codes of rules, to suggest it by."""

    code: str
    zh: str
    en: str
    way: Way
    families: str
    answers: tuple[str, ...]
    examples: str

    @property
    def develops(self) -> bool:
        return self.way == "开发式"


_POOR, _GAP, _SAFETY, _SUDDEN, _LINE = "fallen-poor", "guarantee-gap", "no-labour", "sudden-hardship", "below-line"

MEASURES: tuple[MeasureKind, ...] = (
    MeasureKind(
        "industry",
        "产业帮扶",
        "farming and business",
        "开发式",
        "扶带引提",
        (_POOR, _SAFETY, _LINE),
        "龙头企业或合作社带动、资产分红、代种代养、生产奖补、电商销售、致富带头人",
    ),
    MeasureKind(
        "jobs",
        "就业帮扶",
        "work and training",
        "开发式",
        "扶帮引提",
        (_POOR, _SUDDEN, _LINE),
        "岗位对接、技能培训、车间、以工代赈、劳务补助",
    ),
    MeasureKind("finance", "金融帮扶", "credit", "开发式", "扶提", (_POOR, _LINE), "小额信贷、贴息"),
    MeasureKind(
        "public-post", "公益岗位帮扶", "public posts", "开发式", "扶帮引", (_POOR, _SUDDEN, _LINE), "护林、保洁、巡河"
    ),
    MeasureKind("housing", "住房安全保障", "safe housing", "保障式", "扶帮", (_GAP, _SUDDEN), "危房改造、灾后修缮"),
    MeasureKind("water", "饮水安全保障", "safe water", "保障式", "扶帮", (_GAP, _SUDDEN), "水源工程、应急送水"),
    MeasureKind(
        "health", "健康帮扶", "health", "保障式", "扶带帮", (_GAP, _SAFETY, _SUDDEN), "参保资助、医疗救助、家庭医生签约"
    ),
    MeasureKind("schooling", "义务教育保障", "compulsory schooling", "保障式", "扶", (_GAP,), "劝返复学、送教上门"),
    MeasureKind(
        "further-education",
        "其他教育帮扶",
        "other schooling",
        "保障式",
        "扶帮提",
        (_POOR, _SUDDEN, _LINE),
        "助学金、助学贷款、雨露计划",
    ),
    MeasureKind(
        "social-security",
        "综合保障",
        "social security",
        "保障式",
        "扶带帮",
        (_POOR, _GAP, _SAFETY, _SUDDEN),
        "低保、特困供养、养老、临时救助、防贫救助资金、防贫保险",
    ),
    MeasureKind(
        "social-help",
        "社会帮扶",
        "help by society",
        "保障式",
        "扶带帮引提",
        (_POOR, _SAFETY, _SUDDEN, _LINE),
        "东西部协作、定点帮扶、捐赠、接力走访、三讲三评、爱心超市积分、消费帮扶",
    ),
    MeasureKind("relocation", "搬迁", "relocation", "保障式", "扶", (_GAP,), "避险搬迁、集中安置"),
    MeasureKind(
        "living-conditions",
        "生产生活条件改善",
        "living conditions",
        "保障式",
        "扶提",
        (_GAP, _LINE),
        "入户路、改厕、用电",
    ),
    MeasureKind("infrastructure", "基础设施建设", "infrastructure", "保障式", "扶", (_GAP,), "村组路、水利、通信"),
)
"""In the order of the national form.

Source: 国家监测对象信息采集表 2023 (14 列措施)；开发式、保障式之分及“有劳动力以开发式为主、无劳动力以综合保障为主”出自
国开发〔2020〕6号；扶带帮引提及其做法出自昆明方案。哪一列应对哪条规则是我们的解读：先列出来供选，不限制记哪一列。
"""

_BY_CODE = {kind.code: kind for kind in MEASURES}


def measure_kind(code: str) -> MeasureKind:
    """Errors: `KeyError` for a code that is no measure."""
    return _BY_CODE[code]


def answering(rule: str) -> tuple[MeasureKind, ...]:
    """The measures that answer a rule, in the order of the national form; none for a code that is no rule.

    Without labour what secures comes first, and what may earn without work after it.
    """
    found = [kind for kind in MEASURES if rule in kind.answers]
    return tuple(sorted(found, key=lambda kind: rule == _SAFETY and kind.develops))
