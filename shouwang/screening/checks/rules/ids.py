"""Id numbers: their form, what they say of birth and sex, and people who stand in the register twice."""

from shouwang.screening.checks.rule import Severity, member_rule

LENGTHS = (15, 18, 20, 22)
"""Digits of an old id, an id, a disability card and a reissued one: the form, no figure to set."""
OLD, LONG = 15, LENGTHS[1:]

RULES = (
    member_rule(
        "id-missing",
        Severity.ERROR,
        zh="没有证件号码",
        en="No id number",
        cure="按户口簿补上证件号码",
        source="§4.6 [C4] 必填项",
        broken=lambda m, f: ~m.id_written,
    ),
    member_rule(
        "id-length",
        Severity.ERROR,
        zh="证件号码不是 15、18、20 或 22 位",
        en="The id number has neither 15, 18, 20 nor 22 characters",
        cure="对照证件重新录入",
        source="§4.6 [C4] 证件号码位数",
        broken=lambda m, f: m.id_length.notin(LENGTHS),
    ),
    member_rule(
        "id-old-form",
        Severity.WARNING,
        zh="证件号码还是 15 位旧号",
        en="The id number is still the old one of 15 digits",
        cure="换成现在证件上的 18 位号码",
        source="§4.6 [C4] 15→18",
        broken=lambda m, f: m.id_length == OLD,
    ),
    member_rule(
        "id-check-digit",
        Severity.ERROR,
        zh="证件号码的校验位不符",
        en="The check digit of the id number does not hold",
        cure="对照证件重新录入，多半有一位录错",
        source="§4.6 [C4][C1] 校验位",
        broken=lambda m, f: m.id_length.isin(LONG) & ~m.id_check_holds,
    ),
    member_rule(
        "id-birth",
        Severity.ERROR,
        zh="证件号码中的出生日期不存在、在将来，或年龄超过 {oldest_age} 岁",
        en="The birth date in the id number does not exist, lies ahead, or makes the person older than {oldest_age}",
        cure="对照证件重新录入",
        source="§4.6 [C4] 出生日期合理",
        broken=lambda m, f: ~m.id_date_holds | (m.id_age < 0) | (m.id_age > f.oldest_age),
    ),
    member_rule(
        "id-birth-differs",
        Severity.ERROR,
        zh="出生日期与证件号码不一致",
        en="The birth date is not that of the id number",
        cure="对照证件，改正不对的一处",
        source="§4.6 [C4] 出生日期合理",
        broken=lambda m, f: m.id_birth_date != m.birth_date,
    ),
    member_rule(
        "id-sex-differs",
        Severity.ERROR,
        zh="性别与证件号码不一致",
        en="The sex is not that of the id number",
        cure="对照证件，改正不对的一处",
        source="§4.6 [C4] 的延伸",
        broken=lambda m, f: m.id_sex != m.sex,
    ),
    member_rule(
        "person-twice-at-home",
        Severity.ERROR,
        zh="同一证件号码在本户出现两次",
        en="The same id number stands twice in the household",
        cure="同一人只留一行；若是两人，改正录错的号码",
        source="§4.6 [C4] 重复人口",
        broken=lambda m, f: m.times_at_home > 1,
    ),
    member_rule(
        "person-in-two-homes",
        Severity.ERROR,
        zh="同一证件号码登记在本县两户",
        en="The same id number stands in two households of the county",
        cure="核实此人现在哪一户，另一户作减员处理",
        source="§4.6 [C4] 县内重复",
        broken=lambda m, f: m.homes_in_county > 1,
    ),
    member_rule(
        "person-in-two-counties",
        Severity.ERROR,
        zh="同一证件号码登记在两个县",
        en="The same id number stands in two counties",
        cure="由市里牵头两县核实，只留现居的一户",
        source="§4.6 [C4] 跨县重复（本市之内）",
        broken=lambda m, f: m.counties > 1,
    ),
)
