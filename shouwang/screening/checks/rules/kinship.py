"""Who is who in a household: heads, spouses, relations, and households of nobody."""

from shouwang.screening.checks.rule import Severity, home_rule, member_rule

RULES = (
    home_rule(
        "empty-home",
        Severity.ERROR,
        zh="空挂户：户内没有人",
        en="A household of nobody",
        cure="核实：整户迁出或死亡的作销户处理，漏录的补录成员",
        source="§4.6 [C4] 空挂户",
        broken=lambda h, f: h.members == 0,
    ),
    home_rule(
        "no-head",
        Severity.ERROR,
        zh="没有户主",
        en="No head",
        cure="在成员中确定一名户主",
        source="§4.6 [C4] 无户主",
        broken=lambda h, f: (h.members > 0) & ~h.has_head,
    ),
    home_rule(
        "two-heads",
        Severity.ERROR,
        zh="有两名以上户主",
        en="More than one head",
        cure="只留一名户主，其余改为与户主的关系",
        source="§4.6 [C4] 多户主",
        broken=lambda h, f: h.heads > 1,
    ),
    home_rule(
        "two-spouses",
        Severity.ERROR,
        zh="户主有两名以上配偶",
        en="More than one spouse",
        cure="核实关系，儿媳、女婿等改为与户主的关系",
        source="§4.6 [C4] 多配偶",
        broken=lambda h, f: h.spouses > 1,
    ),
    home_rule(
        "head-spouse-same-sex",
        Severity.ERROR,
        zh="户主与配偶性别相同",
        en="Head and spouse are of the same sex",
        cure="核对两人的性别和关系，改正录错的一处",
        source="§4.6 [C4] 户主与配偶同性别",
        broken=lambda h, f: (h.head_male & h.spouse_male) | (h.head_female & h.spouse_female),
    ),
    member_rule(
        "relation-sex",
        Severity.ERROR,
        zh="与户主关系和性别不符",
        en="The relation to the head does not fit the sex",
        cure="核对性别和关系，改正录错的一处",
        source="§4.6 [C4] 关系与性别",
        broken=lambda m, f: (m.relation_sex != "") & (m.relation_sex != m.sex),
    ),
)
