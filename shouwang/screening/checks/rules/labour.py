"""Labour against age and health."""

from shouwang.screening.checks.rule import Severity, member_rule

RULES = (
    member_rule(
        "healthy-no-labour",
        Severity.QUESTION,
        zh="{labour_age_from}–{healthy_worker_age_to} 岁，健康，不在校，却登记为丧失或无劳动力",
        en="Aged {labour_age_from}–{healthy_worker_age_to}, healthy, not at school, yet recorded without labour",
        cure="入户核实劳动能力；有病残的补填健康状况",
        source="§4.6 [C4] 健康的劳动年龄人口丧失/无劳动力",
        broken=lambda m, f: (
            m.age.between(f.labour_age_from, f.healthy_worker_age_to) & m.is_healthy & ~m.at_school & ~m.can_work
        ),
    ),
    member_rule(
        "child-with-labour",
        Severity.ERROR,
        zh="不满 {labour_age_from} 岁，却登记有劳动能力",
        en="Younger than {labour_age_from}, yet recorded with labour",
        cure="改为无劳动力",
        source="§4.6 [C4] 16 岁以下应为无劳动力",
        broken=lambda m, f: (m.age < f.labour_age_from) & m.can_work,
    ),
)
