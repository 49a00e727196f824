"""Who should be monitored and is not, and what monitoring leaves undone. domain.md §4.6, second paragraph."""

from shouwang.screening.checks.rule import Rule, Severity, home_rule


def _unmonitored(code: str, field: str, zh: str, en: str) -> Rule:
    """An exited household with a broken guarantee that is not monitored."""
    return home_rule(
        code,
        Severity.ERROR,
        zh=f"脱贫户{zh}，而未纳入监测",
        en=f"An exited household {en}, and not monitored",
        cure="核实；属实的立即按程序纳入监测并帮扶",
        source="§4.6 [C1] 应纳未纳",
        broken=lambda h, f: (h.register == "exited") & h[field] & ~h.monitored,
    )


def _missing(code: str, field: str, zh: str, en: str) -> Rule:
    """A monitored household with an empty entry."""
    return home_rule(
        code,
        Severity.WARNING,
        zh=f"监测对象没有填{zh}",
        en=f"A monitored household without {en}",
        cure=f"补上{zh}",
        source="§4.6 [C1] 监测信息缺项",
        broken=lambda h, f: h.monitored & ~h[field],
    )


RULES = (
    _unmonitored("unmonitored-unsafe-house", "house_unsafe", "住在 C、D 级危房", "in a house of grade C or D"),
    _unmonitored("unmonitored-unsafe-water", "water_unsafe", "饮水不安全", "without safe water"),
    _unmonitored("unmonitored-sick-uninsured", "sick_uninsured", "有病人未参保", "with a sick member not insured"),
    _unmonitored(
        "unmonitored-out-of-school", "child_out_of_school", "有适龄儿童失学辍学", "with a child out of school"
    ),
    home_rule(
        "no-measure",
        Severity.ERROR,
        zh="识别满 {months_to_first_measure} 个月，没有任何帮扶措施",
        en="No measure {months_to_first_measure} month after identification",
        cure="立即制定并录入帮扶措施",
        source="§4.6 [C1]",
        broken=lambda h, f: (
            h.monitored & ~h.risk_removed & (h.months_identified >= f.months_to_first_measure) & (h.measures == 0)
        ),
    ),
    home_rule(
        "no-development-measure",
        Severity.WARNING,
        zh="有劳动力，风险未消除满 {months_to_development_measure} 个月，没有开发式帮扶措施",
        en="Labour, risk not removed for {months_to_development_measure} months, and no development measure",
        cure="落实产业、就业、金融或公益岗位帮扶",
        source="§4.6 [C1]",
        broken=lambda h, f: (
            h.monitored
            & h.any_able
            & ~h.risk_removed
            & (h.months_identified >= f.months_to_development_measure)
            & (h.development_measures == 0)
        ),
    ),
    home_rule(
        "only-guarantee-measures",
        Severity.WARNING,
        zh="有劳动力，却只有综合保障措施（一兜了之）",
        en="Labour, and nothing but the safety net",
        cure="补充开发式帮扶措施，或核实劳动能力",
        source="§4.6 [C1] 一兜了之",
        broken=lambda h, f: (
            h.monitored & h.any_able & (h.guarantee_measures > 0) & (h.guarantee_measures == h.measures)
        ),
    ),
    home_rule(
        "measure-not-started",
        Severity.WARNING,
        zh="录入了帮扶措施，状态仍是尚未实施",
        en="A measure is recorded and not begun",
        cure="落实后更新状态；不再实施的删除并说明",
        source="§4.6 [C1]",
        broken=lambda h, f: h.measures_not_started > 0,
    ),
    home_rule(
        "removed-without-wage",
        Severity.QUESTION,
        zh="风险已消除，录有就业或公益岗位帮扶，而工资性收入为 0",
        en="Risk removed, help to a job recorded, and no wages",
        cure="核实工资性收入；未就业的，复核风险消除",
        source="§4.6 [C1]",
        broken=lambda h, f: h.risk_removed & (h.job_measures > 0) & (h.wage == 0),
    ),
    _missing("monitored-date-missing", "identified_written", "识别时间", "the day of identification"),
    _missing("monitored-risk-missing", "risk_written", "风险类型", "the kind of risk"),
    _missing("monitored-income-missing", "income_written", "收入", "income"),
    _missing("monitored-guarantees-missing", "guarantees_written", "三保障和饮水安全情况", "its guarantees"),
)
