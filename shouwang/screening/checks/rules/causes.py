"""Causes of poverty that nothing in the household bears out."""

from shouwang.screening.checks.rule import Severity, home_rule

RULES = (
    home_rule(
        "cause-ill-all-healthy",
        Severity.QUESTION,
        zh="主要致贫原因为因病，而全户都健康",
        en="Poor through illness, and everybody is healthy",
        cure="核实成员健康状况；已痊愈的保留原因并注明",
        source="§4.6 [C4] 因病无病人",
        broken=lambda h, f: (h.cause_main == "因病") & (h.members > 0) & ~(h.any_sick | h.any_disabled),
    ),
    home_rule(
        "cause-school-no-pupil",
        Severity.QUESTION,
        zh="主要致贫原因为因学，而户内没有在校生",
        en="Poor through school, and nobody is at school",
        cure="核实在校生状况；已毕业的保留原因并注明",
        source="§4.6 [C4] 因学无学生",
        broken=lambda h, f: (h.cause_main == "因学") & (h.members > 0) & ~h.any_pupil,
    ),
    home_rule(
        "cause-disabled-none",
        Severity.QUESTION,
        zh="主要致贫原因为因残，而户内没有残疾人",
        en="Poor through disability, and nobody is disabled",
        cure="核实成员健康状况和残疾证",
        source="§4.6 [C4] 因残无残疾人",
        broken=lambda h, f: (h.cause_main == "因残") & (h.members > 0) & ~h.any_disabled,
    ),
    home_rule(
        "cause-twice",
        Severity.ERROR,
        zh="次要致贫原因与主要致贫原因相同",
        en="A further cause of poverty is the main one again",
        cure="删去次要原因中重复的一项",
        source="§4.6 [C4] 次因同主因",
        broken=lambda h, f: (h.cause_main != "") & ("," + h.cause_others + ",").contains("," + h.cause_main + ","),
    ),
)
