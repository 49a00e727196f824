"""Incomes that cannot be, or that nobody earned."""

from shouwang.screening.checks.rule import Severity, home_rule

RULES = (
    home_rule(
        "business-without-cost",
        Severity.QUESTION,
        zh="有生产经营性收入，而生产经营性支出为 0",
        en="Income from business, and no cost of business",
        cure="核实成本后补上",
        source="§4.6 [C4] 有经营收入无支出",
        broken=lambda h, f: (h.business > 0) & (h.business_cost == 0),
    ),
    home_rule(
        "income-not-positive",
        Severity.QUESTION,
        zh="人均纯收入为 0 或负数",
        en="Net income per person is 0 or less",
        cure="核实各项收入和支出",
        source="§4.6 [C4] 人均 ≤0",
        broken=lambda h, f: h.income_per_person <= 0,
    ),
    home_rule(
        "income-too-high",
        Severity.QUESTION,
        zh="人均纯收入高于 {highest_income_yuan:,} 元",
        en="Net income per person above {highest_income_yuan:,} yuan",
        cure="核实是否多录了位数或人数有误",
        source="§4.6 [C4] 人均 >100 000",
        broken=lambda h, f: h.income_per_person > f.highest_income_yuan,
    ),
    home_rule(
        "wage-without-worker",
        Severity.QUESTION,
        zh="有工资性收入，而无人务工",
        en="Wages, and nobody works",
        cure="核实务工成员和月数，或改工资性收入",
        source="§4.6 [C4] 有工资无务工",
        broken=lambda h, f: (h.wage > 0) & ~h.any_working,
    ),
    home_rule(
        "worker-without-wage",
        Severity.QUESTION,
        zh="有人务工，而工资性收入为 0",
        en="Somebody works, and there are no wages",
        cure="核实务工收入后补上",
        source="§4.6 [C4] 有务工无工资",
        broken=lambda h, f: h.any_working & (h.wage == 0),
    ),
)
