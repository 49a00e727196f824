"""What must be filled in: key fields of people and households that stand empty."""

from shouwang.screening.checks.rule import Rule, Severity, home_rule, member_rule

ON_REGISTER = ("exited", "registered")
_SOURCE = "§4.6 [C4] 必填项"


def _empty_home_field(code: str, field: str, zh: str, en: str) -> Rule:
    return home_rule(
        code,
        Severity.WARNING,
        zh=f"没有填{zh}",
        en=f"No {en}",
        cure=f"入户时补上{zh}",
        source=_SOURCE,
        broken=lambda h, f: ~h[field],
    )


RULES = (
    member_rule(
        "name-missing",
        Severity.ERROR,
        zh="没有姓名",
        en="No name",
        cure="按户口簿补上姓名",
        source=_SOURCE,
        broken=lambda m, f: ~m.name_written,
    ),
    member_rule(
        "ethnic-missing",
        Severity.WARNING,
        zh="没有填民族",
        en="No ethnic group",
        cure="按户口簿补上民族",
        source=_SOURCE,
        broken=lambda m, f: ~m.ethnic_written,
    ),
    member_rule(
        "education-missing",
        Severity.WARNING,
        zh="不在校，而没有填文化程度",
        en="Not at school, and no education given",
        cure="补上文化程度；在校的填在校生状况",
        source="§4.6 [C4] 非在校生的文化程度",
        broken=lambda m, f: (
            ~m.at_school
            & ~m.education_written
            & ((m.age > f.school_age_to) | (m.in_school_written & (m.age >= f.school_age_from)))
        ),
    ),
    member_rule(
        "in-school-missing",
        Severity.WARNING,
        zh="{school_age_from}–{school_age_to} 岁，在校生状况和文化程度都没有填",
        en="Aged {school_age_from}–{school_age_to}, with neither schooling nor education given",
        cure="在校的填在校生状况，不在校的填文化程度",
        source="§4.6 [C4] 在校 6–23 岁；§4.3 [C7] 两栏恰填一栏",
        broken=lambda m, f: (
            m.age.between(f.school_age_from, f.school_age_to) & ~m.in_school_written & ~m.education_written
        ),
    ),
    member_rule(
        "education-and-school",
        Severity.WARNING,
        zh="在校，却又填了文化程度",
        en="At school, and education given too",
        cure="在校的只填在校生状况；已毕业的清空在校生状况",
        source="§4.3 [C7] 两栏恰填一栏",
        broken=lambda m, f: m.at_school & m.education_written,
    ),
    member_rule(
        "health-missing",
        Severity.WARNING,
        zh="没有填健康状况",
        en="No state of health",
        cure="入户时补上健康状况",
        source=_SOURCE,
        broken=lambda m, f: ~m.health_written,
    ),
    member_rule(
        "labour-missing",
        Severity.WARNING,
        zh="{labour_age_from}–{labour_age_to} 岁，没有填劳动能力",
        en="Aged {labour_age_from}–{labour_age_to}, and no labour given",
        cure="入户时补上劳动能力",
        source="§4.6 [C4] 劳动能力 16–65",
        broken=lambda m, f: m.age.between(f.labour_age_from, f.labour_age_to) & ~m.labour_written,
    ),
    member_rule(
        "disability-card-missing",
        Severity.WARNING,
        zh="健康状况为残疾，没有残疾证",
        en="Recorded as disabled, without a disability card",
        cure="有证的补录；没有证的协助向残联申办",
        source="§4.6 [C4] 残疾无证",
        broken=lambda m, f: m.is_disabled & ~m.disability_card_written,
    ),
    home_rule(
        "cause-missing",
        Severity.WARNING,
        zh="建档立卡户没有填主要致贫原因",
        en="A registered household without a main cause of poverty",
        cure="按建档时的情况补上主要致贫原因",
        source=_SOURCE,
        broken=lambda h, f: h.register.isin(ON_REGISTER) & ~h.cause_written,
    ),
    _empty_home_field("electricity-missing", "electricity_written", "生活用电", "entry for electricity"),
    _empty_home_field("road-missing", "road_written", "入户路", "entry for the road to the house"),
    _empty_home_field("water-missing", "water_written", "是否解决安全饮用水", "entry for safe water"),
    home_rule(
        "housing-area-zero",
        Severity.WARNING,
        zh="住房面积没有填或为 0",
        en="The area of the house is empty or 0",
        cure="入户丈量后补上；确无住房的，核实住房安全",
        source="§4.6 [C4] 住房面积=0",
        broken=lambda h, f: ~h.housing_area_written | (h.housing_area <= 0),
    ),
)
