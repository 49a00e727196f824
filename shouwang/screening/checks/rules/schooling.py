"""Pupils whose school does not fit their age, or who do not move up."""

from shouwang.screening.checks.rule import Severity, member_rule

RULES = (
    member_rule(
        "senior-too-young",
        Severity.QUESTION,
        zh="不满 {senior_age_from} 岁读高中阶段",
        en="In senior secondary school, younger than {senior_age_from}",
        cure="核实出生日期和在校生状况",
        source="§4.6 [C4] 14 岁及以下读高中",
        broken=lambda m, f: (m.stage == "senior") & (m.age < f.senior_age_from),
    ),
    member_rule(
        "primary-too-old",
        Severity.QUESTION,
        zh="超过 {primary_age_to} 岁读小学",
        en="In primary school, older than {primary_age_to}",
        cure="核实出生日期和在校生状况",
        source="§4.6 [C4] 20 岁及以上读小学",
        broken=lambda m, f: (m.stage == "primary") & (m.age > f.primary_age_to),
    ),
    member_rule(
        "same-grade-three-years",
        Severity.WARNING,
        zh="连续三年登记在同一年级",
        en="Recorded in the same grade for three years",
        cure="更新在校生状况；确实留级的注明",
        source="§4.6 [C4] 三年同年级",
        broken=lambda m, f: (m.grade != "") & (m.grade == m.grade_a_year_ago) & (m.grade == m.grade_two_years_ago),
    ),
)
