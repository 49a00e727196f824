"""低保 and 五保（特困供养）: household, member and money must say the same."""

from shouwang.screening.checks.rule import Severity, home_rule

RULES = (
    home_rule(
        "dibao-home-no-member",
        Severity.ERROR,
        zh="低保户，而没有成员享受低保",
        en="A 低保 household without a member who receives 低保",
        cure="与民政核对：补标享受低保的成员，或改户属性",
        source="§4.6 [C4] 低保户无低保人口",
        broken=lambda h, f: h.is_dibao_home & ~h.any_dibao_member,
    ),
    home_rule(
        "dibao-member-no-home",
        Severity.ERROR,
        zh="有成员享受低保，而户属性不是低保户",
        en="A member receives 低保, and the household is no 低保 household",
        cure="与民政核对：改户属性，或改成员的低保标记",
        source="§4.6 [C4] 低保人口非低保户",
        broken=lambda h, f: h.any_dibao_member & ~h.is_dibao_home,
    ),
    home_rule(
        "wubao-with-labour",
        Severity.ERROR,
        zh="五保（特困供养）户，而有 {labour_age_from}–{labour_age_to} 岁有劳动能力的成员",
        en="A 五保 household with an able member aged {labour_age_from}–{labour_age_to}",
        cure="核实劳动能力；确有劳动力的，与民政核对特困供养资格",
        source="§4.6 [C4] 五保户有劳力",
        broken=lambda h, f: h.is_wubao_home & h.any_able_of_age,
    ),
    home_rule(
        "dibao-and-wubao",
        Severity.ERROR,
        zh="同时领取低保金和五保金",
        en="Receives both 低保 and 五保 money",
        cure="与民政核对发放，只能享受一项",
        source="§4.6 [C4] 低保金与五保金并存",
        broken=lambda h, f: (h.dibao_money > 0) & (h.wubao_money > 0),
    ),
    home_rule(
        "dibao-amount-zero",
        Severity.WARNING,
        zh="低保户，而低保金为 0",
        en="A 低保 household that receives no 低保 money",
        cure="与民政核对发放金额后补上",
        source="§4.6 [C4] 金额为 0",
        broken=lambda h, f: h.is_dibao_home & (h.dibao_money == 0),
    ),
    home_rule(
        "wubao-amount-zero",
        Severity.WARNING,
        zh="五保（特困供养）户，而供养金为 0",
        en="A 五保 household that receives no 五保 money",
        cure="与民政核对发放金额后补上",
        source="§4.6 [C4] 金额为 0",
        broken=lambda h, f: h.is_wubao_home & (h.wubao_money == 0),
    ),
)
