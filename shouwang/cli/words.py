"""The words around an explanation, in both languages."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Everything on the page that is not the household's own."""

    lang: str
    people: str
    measure: str
    policy: str
    suspected: str
    """After `policy`, where there is a warning."""
    other_policy: str
    standing: Mapping[str, str]
    """Status → what it means, where no rule says it."""
    fact: str
    value: str
    as_of: str
    source: str
    unknown: str
    none: str
    yes_no: Mapping[str, str]
    not_apart: str
    again: str
    signs: str
    could_be_worse: str
    missing: str
    unusable: str
    contradictions: str
    asset_questions: str
    changes: str
    colon: str
    comma: str


CHINESE = Words(
    lang="zh",
    people="{:,} 人",
    measure="帮扶方式：",
    policy="截至 {}，按 {}（版本 {}）",
    suspected="；筛查所疑，须由县级认定",
    other_policy="所用政策的版本与现在安装的不同：以下是当时存下的理由，不推算怎样会变",
    standing={
        "graded": "没有一条规则成立，收入与各项保障都已知并达标",
        "unverified": "待核实",
        "unassessed": "未评估：没有规则成立，没有风险迹象，但所知不足以评为Ⅴ级",
    },
    fact="事实",
    value="数值",
    as_of="截至",
    source="来源",
    unknown="未知",
    none="无",
    yes_no={"yes": "是", "no": "否"},
    not_apart="未单独给出，按分项合计",
    again="另用到上面已列的：{}",
    signs="风险迹象",
    could_be_worse="可能更重：下列规则尚不能判断",
    missing="未知的，以及应当由谁知道",
    unusable="（有数，但过期或不能用）",
    contradictions="来源互相矛盾，须核实",
    asset_questions="财产线索，须问清，不作定论",
    changes="怎样会变",
    colon="：",
    comma="、",
)
ENGLISH = Words(
    lang="en",
    people="{:,} people",
    measure="measure: ",
    policy="As of {}, by {} (version {})",
    suspected="; suspected, to be confirmed by the county",
    other_policy="The policy of this run is not the installed one: the reasons are as stored, no changes are reckoned",
    standing={
        "graded": "No rule holds; income and all guarantees are known and met",
        "unverified": "To be verified",
        "unassessed": "Unassessed: no rule holds and there is no sign of risk, but too little is known for level Ⅴ",
    },
    fact="fact",
    value="value",
    as_of="as of",
    source="source",
    unknown="unknown",
    none="none",
    yes_no={"yes": "yes", "no": "no"},
    not_apart="not given apart; the sum of its parts is used",
    again="Also used, listed above: {}",
    signs="Signs of risk",
    could_be_worse="Could be worse: these rules cannot be judged yet",
    missing="Unknown, and who should know",
    unusable=" (there is a figure, but too old or not usable)",
    contradictions="Sources contradict each other, to be verified",
    asset_questions="Assets to ask about, never an automatic no",
    changes="What would change it",
    colon=": ",
    comma=", ",
)
WORDS: Mapping[str, Words] = {"zh": CHINESE, "en": ENGLISH}
