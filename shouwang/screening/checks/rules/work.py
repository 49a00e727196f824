"""Work away from home: months, places, and whether the person can work at all."""

from shouwang.screening.checks.rule import Severity, member_rule

RULES = (
    member_rule(
        "months-worked-range",
        Severity.ERROR,
        zh="务工月数不在 0–{most_months} 之间",
        en="Months worked are not between 0 and {most_months}",
        cure="按本年度实际月数改正",
        source="§4.6 [C4] 务工时间",
        broken=lambda m, f: m.months_written & ((m.months_worked < 0) | (m.months_worked > f.most_months)),
    ),
    member_rule(
        "place-without-months",
        Severity.WARNING,
        zh="填了务工所在地，没有务工月数",
        en="A place of work without months of work",
        cure="补上务工月数，或清空务工所在地",
        source="§4.6 [C4] 有地点无月数",
        broken=lambda m, f: m.work_place_written & (~m.months_written | (m.months_worked == 0)),
    ),
    member_rule(
        "months-without-place",
        Severity.WARNING,
        zh="填了务工月数，没有务工所在地",
        en="Months of work without a place of work",
        cure="补上务工所在地，或清空务工月数",
        source="§4.6 [C4] 有月数无地点",
        broken=lambda m, f: m.months_written & (m.months_worked > 0) & ~m.work_place_written,
    ),
    member_rule(
        "no-labour-but-away",
        Severity.QUESTION,
        zh="登记为丧失或无劳动力，却有务工",
        en="Recorded without labour, yet working",
        cure="核实劳动能力和务工，改正不对的一处",
        source="§4.6 [C4] 无劳动力外出务工",
        broken=lambda m, f: ~m.can_work & ((m.months_written & (m.months_worked > 0)) | m.work_place_written),
    ),
)
