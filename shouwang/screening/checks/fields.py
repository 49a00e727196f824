"""The fields rules may read: of a member, and of a household. A field a city does not have is missing, never empty."""

from dataclasses import dataclass
from enum import StrEnum

import ibis


class Origin(StrEnum):
    """Where a field comes from, in the words of the cure when it is missing."""

    REGISTER = "登记册"
    LISTS = "全国名单（shouwang import）"
    RUN = "筛查结果（--run）"
    MEASURES = "帮扶措施表（registry/<年-月>/measures.parquet）"
    EARLIER = "一年前与两年前同月的登记册"


@dataclass(frozen=True)
class Field:
    """One field. Unknown: null. A text is '' where somebody left it empty."""

    name: str
    kind: str
    """Ibis type: boolean, int64, string, date, decimal(18,2)."""
    zh: str
    origins: tuple[Origin, ...]


R, L, RUN, M, E = Origin.REGISTER, Origin.LISTS, Origin.RUN, Origin.MEASURES, Origin.EARLIER


def _fields(kind: str, *origins: Origin, **named: str) -> tuple[Field, ...]:
    return tuple(Field(name, kind, zh, origins) for name, zh in named.items())


MEMBER_FIELDS: tuple[Field, ...] = (
    *_fields("boolean", R, name_written="姓名", id_written="证件号码"),
    *_fields("boolean", R, id_check_holds="证件号码", id_date_holds="证件号码"),
    *_fields("int64", R, id_length="证件号码", id_age="证件号码", age="出生日期"),
    *_fields("date", R, id_birth_date="证件号码", birth_date="出生日期"),
    *_fields("string", R, id_sex="证件号码", sex="性别", relation_sex="与户主关系"),
    *_fields("boolean", R, is_head="与户主关系", is_spouse="与户主关系"),
    *_fields("boolean", R, ethnic_written="民族", education_written="文化程度", in_school_written="在校生状况"),
    *_fields("string", R, stage="在校生状况", grade="在校生状况"),
    *_fields("boolean", R, at_school="在校生状况"),
    *_fields("boolean", R, health_written="健康状况", is_sick="健康状况"),
    *_fields("boolean", R, is_disabled="健康状况", is_healthy="健康状况"),
    *_fields("boolean", R, labour_written="劳动能力", can_work="劳动能力"),
    *_fields("int64", R, times_at_home="证件号码", homes_in_county="证件号码", counties="证件号码"),
    *_fields("string", E, grade_a_year_ago="一年前的在校生状况", grade_two_years_ago="两年前的在校生状况"),
    *_fields("decimal(18,2)", L, months_worked="务工时间(月)"),
    *_fields("boolean", L, months_written="务工时间(月)", work_place_written="务工所在地"),
    *_fields("boolean", L, disability_card_written="残疾证"),
    *_fields("boolean", L, dibao_member="是否享受低保", dropped_out="失学或辍学原因"),
    *_fields("boolean", L, resident_insured="居民医保", employee_insured="职工医保"),
)

HOME_FIELDS: tuple[Field, ...] = (
    *_fields("int64", R, members="家庭成员", heads="与户主关系", spouses="与户主关系"),
    *_fields("boolean", R, has_head="与户主关系"),
    *_fields("boolean", R, head_male="与户主关系、性别", head_female="与户主关系、性别"),
    *_fields("boolean", R, spouse_male="与户主关系、性别", spouse_female="与户主关系、性别"),
    *_fields("boolean", R, any_sick="健康状况", any_disabled="健康状况", any_pupil="在校生状况"),
    *_fields("boolean", R, any_able="劳动能力", any_able_of_age="劳动能力、出生日期"),
    *_fields("boolean", L, any_working="务工时间(月)、务工所在地", any_dibao_member="是否享受低保"),
    *_fields("string", R, register="户类型"),
    *_fields("int64", R, phone_length="联系电话", wage="工资性收入", business="生产经营性收入"),
    *_fields("int64", R, business_cost="生产经营性支出"),
    *_fields("decimal(18,2)", R, L, income_per_person="人均纯收入"),
    *_fields("string", L, cause_main="主要致贫原因", cause_others="次要致贫原因"),
    *_fields("boolean", L, cause_written="主要致贫原因", electricity_written="生活用电", road_written="入户路类型"),
    *_fields("boolean", L, water_written="是否解决安全饮用水", housing_area_written="住房面积"),
    *_fields("decimal(18,2)", L, housing_area="住房面积", road_km="与村主干路距离"),
    *_fields("decimal(18,2)", L, farmland="耕地面积", woodland="林地面积"),
    *_fields("boolean", L, is_dibao_home="户属性或户类型", is_wubao_home="户属性或户类型"),
    *_fields("decimal(18,2)", L, dibao_money="低保金", wubao_money="特困供养金"),
    *_fields("boolean", L, helper_written="帮扶责任人", helper_registered="帮扶责任人证件号码"),
    *_fields("boolean", L, monitored="监测对象类型", identified_written="风险识别时间", risk_written="风险类型"),
    *_fields("boolean", L, risk_removed="风险是否消除", income_written="人均纯收入"),
    *_fields("boolean", L, guarantees_written="三保障和饮水安全各栏"),
    *_fields("int64", L, months_identified="风险识别时间"),
    *_fields("boolean", RUN, L, house_unsafe="房屋等级", water_unsafe="饮水安全"),
    *_fields("boolean", RUN, L, child_out_of_school="失学辍学", sick_uninsured="医保、健康状况"),
    *_fields("int64", M, measures="帮扶措施", development_measures="帮扶措施", guarantee_measures="帮扶措施"),
    *_fields("int64", M, measures_not_started="帮扶措施的状态", job_measures="帮扶措施"),
)

BY_NAME: dict[str, Field] = {field.name: field for field in (*MEMBER_FIELDS, *HOME_FIELDS)}

_MEMBER_KEYS = {"household_id": "string", "member_no": "int64", "person_key": "int64"}
_HOME_KEYS = {"household_id": "string", "area_code": "string"}
MEMBER = ibis.table(_MEMBER_KEYS | {field.name: field.kind for field in MEMBER_FIELDS}, name="member_fields")
HOME = ibis.table(_HOME_KEYS | {field.name: field.kind for field in HOME_FIELDS}, name="home_fields")
"""What conditions are written on; the views of these names are made of the files at hand."""
