"""The national lists as counties export them: which columns they have, how each is read, and whom it speaks of."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from shouwang.terms.writing import unseen_removed


class ListKind(StrEnum):
    """What a row of a list is about."""

    NAMES = "names"
    """名单: one row per person, the columns of the household repeated."""
    PEOPLE = "people"
    """人员信息表: one row per person, more of the person."""
    HOMES = "homes"
    """户信息表: one row per household."""

    @property
    def zh(self) -> str:
        return {"names": "人口名单", "people": "人员信息表", "homes": "户信息表"}[self]


class Level(StrEnum):
    """Whom a column speaks of, whichever list it stands in."""

    MEMBER = "member"
    HOUSEHOLD = "household"


class ReadAs(StrEnum):
    """How the text of a cell becomes a value."""

    TEXT = "text"
    LABEL = "label"
    NUMBER = "number"
    MONEY = "money"
    DATE = "date"


@dataclass(frozen=True)
class ListColumn:
    """A column we understand. Every other column is kept as it is."""

    name: str
    header: str
    level: Level
    reads: ReadAs
    table: str = ""
    """LABEL only: the code table its words are in."""
    synonyms: tuple[str, ...] = ()


def _column(level: Level, reads: ReadAs, name: str, headers: str, table: str = "") -> ListColumn:
    header, *synonyms = headers.split()
    return ListColumn(name, header, level, reads, table, tuple(synonyms))


def _member(name: str, headers: str, reads: ReadAs = ReadAs.TEXT, table: str = "") -> ListColumn:
    return _column(Level.MEMBER, reads, name, headers, table)


def _home(name: str, headers: str, reads: ReadAs = ReadAs.TEXT, table: str = "") -> ListColumn:
    return _column(Level.HOUSEHOLD, reads, name, headers, table)


_LABEL, _NUMBER, _MONEY, _DATE = ReadAs.LABEL, ReadAs.NUMBER, ReadAs.MONEY, ReadAs.DATE

COLUMNS: tuple[ListColumn, ...] = (
    _home("county", "县 县区 县(市、区) 县名称"),
    _home("town", "乡 乡镇 乡(镇) 乡镇名称"),
    _home("village", "行政村 村 行政村名称"),
    _home("hamlet", "自然村 村民小组 自然村(组)"),
    _home("household_id", "户编号 户编码"),
    _member("person_id", "人编号 人员编号 人编码"),
    _member("name", "姓名"),
    _member("id_number", "证件号码 身份证号 身份证号码"),
    _home("people", "人数 家庭人口数 户人数", _NUMBER),
    _member("relation", "与户主关系", _LABEL, "relation"),
    _member("ethnic", "民族", _LABEL, "ethnic"),
    _member("education", "文化程度", _LABEL, "education"),
    _member("in_school", "在校生状况 在校状况", _LABEL, "in_school"),
    _member("health", "健康状况", _LABEL, "health"),
    _member("labour", "劳动技能 劳动能力", _LABEL, "labour"),
    _member("months_worked", "务工时间(月) 务工时间 务工月数", _NUMBER),
    _member("serious_insurance", "是否参加大病保险 大病保险", _LABEL, "yes_no"),
    _home("cause_main", "致贫原因1 主要致贫原因 致贫原因", _LABEL, "cause"),
    _home("cause_others", "次要致贫原因 其他致贫原因 致贫原因2", _LABEL, "cause"),
    _home("dangerous_house", "危房户 是否危房户", _LABEL, "yes_no"),
    _home("house_grade", "危房级别 住房等级"),
    _home("water_solved", "是否解决安全饮用水", _LABEL, "yes_no"),
    _home("income_per_person", "人均纯收入 家庭人均纯收入", _MONEY),
    _member("phone", "户/人联系电话 联系电话 电话"),
    _home("first_identified", "首次识别时间", _DATE),
    _member("identified", "人员识别时间", _DATE),
    _home("household_type", "户类型"),
    _home("household_attribute", "户属性 贫困户属性", _LABEL, "household_attribute"),
    _home("poverty_status", "脱贫状态 脱贫标志", _LABEL, "poverty_status"),
    _home("exit_year", "脱贫年度 脱贫年份", _NUMBER),
    _home("monitor_type", "监测对象类型 监测对象类别", _LABEL, "monitor_type"),
    _home("risk_removed", "风险是否消除", _LABEL, "yes_no"),
    _home("risk_identified", "风险识别时间 监测对象识别时间", _DATE),
    _home("risk_removed_on", "风险消除时间", _DATE),
    _home("risks", "风险类型 致贫返贫风险 致贫返贫风险1", _LABEL, "risk"),
    _member("sex", "性别", _LABEL, "sex"),
    _member("birth_date", "出生日期", _DATE),
    _member("id_kind", "证件类型", _LABEL, "id_type"),
    _home("year", "年度 数据年度", _NUMBER),
    _member("political", "政治面貌", _LABEL, "political"),
    _member("employer", "务工企业名称"),
    _member("dibao_member", "是否享受低保 是否低保", _LABEL, "yes_no"),
    _member("employee_pension", "是否参加城镇职工基本养老保险", _LABEL, "yes_no"),
    _member("resident_pension", "是否参加城乡居民基本养老保险", _LABEL, "yes_no"),
    _member("commercial_insurance", "是否参加商业补充医疗保险", _LABEL, "yes_no"),
    _member("resident_insured", "是否参加城乡居民基本医疗保险 居民医保", _LABEL, "yes_no"),
    _member("employee_insured", "是否参加城镇职工基本医疗保险 职工医保", _LABEL, "yes_no"),
    _member("dropout_reason", "失学或辍学原因"),
    _member("speaks_putonghua", "是否会讲普通话", _LABEL, "yes_no"),
    _member("works_abroad", "是否国外务工", _LABEL, "yes_no"),
    _member("industry", "产业分类"),
    _member("illness_aid", "是否享受大病医疗救助 大病医疗救助", _LABEL, "yes_no"),
    _member("other_health_aid", "其他健康扶贫"),
    _member("public_post", "公益性岗位 公益性岗位类型"),
    _member("public_post_months", "公益性岗位(月) 公益性岗位月数", _NUMBER),
    _member("job_channel", "就业渠道"),
    _member("disability_kind", "残疾类别"),
    _member("disability_card_year", "残疾证办证年度"),
    _member("disability_card", "残疾证号 残疾人证号"),
    _member("work_place", "务工所在地 务工地点"),
    _home("head_name", "户主姓名"),
    _home("head_id_number", "户主证件号码"),
    _member("wubao_member", "是否特困供养人员 特困供养 是否特困供养", _LABEL, "yes_no"),
    _home("standard", "识别标准"),
    _home("wage", "工资性收入", _MONEY),
    _home("business", "生产经营性收入", _MONEY),
    _home("property", "财产性收入", _MONEY),
    _home("transfer", "转移性收入", _MONEY),
    _home("business_cost", "生产经营性支出", _MONEY),
    _home("dibao_money", "低保金 领取低保金", _MONEY),
    _home("wubao_money", "特困供养金 五保金", _MONEY),
    _home("farmland", "耕地面积 耕地面积(亩) 耕地", _NUMBER),
    _home("woodland", "林地面积 林地面积(亩) 林地", _NUMBER),
    _home("housing_area", "住房面积 住房面积(平方米)", _NUMBER),
    _home("electricity", "是否通生活用电 生活用电"),
    _home("road", "入户路类型"),
    _home("road_km", "与村主干路距离 与村主干路距离(公里)", _NUMBER),
    _home("helper_name", "帮扶责任人 帮扶责任人姓名 帮扶干部"),
    _home("helper_id", "帮扶责任人证件号码"),
    _home("schooling_guaranteed", "义务教育保障 义务教育有保障"),
    _home("medicine_guaranteed", "基本医疗保障 基本医疗有保障"),
    _home("housing_guaranteed", "住房安全保障 住房安全有保障"),
    _home("water_guaranteed", "饮水安全保障 饮水安全有保障"),
)
"""Every column some list brings and somebody reads. Sources: domain.md §4.1 [C2][C6][C7][C8], §4.5, §4.6."""

BY_NAME: dict[str, ListColumn] = {column.name: column for column in COLUMNS}


def _headers(text: str) -> tuple[str, ...]:
    return tuple(text.split())


NAMES_HEADERS = _headers(
    "县 乡 行政村 自然村 户编号 人编号 姓名 证件号码 人数 与户主关系 民族 文化程度 在校生状况 健康状况 劳动技能"
    " 务工时间(月) 是否参加大病保险 致贫原因1 危房户 是否解决安全饮用水 人均纯收入 户/人联系电话 首次识别时间"
    " 人员识别时间 户类型 监测对象类型 风险是否消除 风险识别时间 风险消除时间"
)
"""domain.md §4.1 [C6] names 29 of them; what the thirtieth may be no source says (a running number, perhaps)."""

PEOPLE_HEADERS = _headers(
    "县 乡 行政村 自然村 户编号 人编号 姓名 性别 出生日期 证件类型 证件号码 年度 与户主关系 民族 政治面貌 文化程度"
    " 在校生状况 失学或辍学原因 健康状况 劳动技能 是否会讲普通话 务工所在地 务工企业名称 务工时间(月) 是否国外务工"
    " 产业分类 就业渠道 公益性岗位 公益性岗位(月) 是否享受低保 是否特困供养人员 是否参加城镇职工基本养老保险"
    " 是否参加城乡居民基本养老保险 是否参加大病保险 是否参加商业补充医疗保险 是否参加城乡居民基本医疗保险"
    " 是否参加城镇职工基本医疗保险 是否享受大病医疗救助 其他健康扶贫 残疾类别 残疾证办证年度 户主姓名 户主证件号码"
    " 识别标准 户类型 人员识别时间 户/人联系电话"
)
"""47: the 29 that domain.md §4.1 [C7] names as added, and the 18 of a person that the name list has too."""

_BY_HEADER = {unseen_removed(h): column for column in COLUMNS for h in (column.header, *column.synonyms)}


def understood(headers: Sequence[str]) -> tuple[ListColumn | None, ...]:
    """Our column of each header, in order; None for what is only kept, and for a column that stands a second time."""
    seen: set[str] = set()
    found: list[ListColumn | None] = []
    for header in headers:
        column = _BY_HEADER.get(unseen_removed(header))
        found.append(column if column and column.name not in seen else None)
        seen |= {column.name} if column else set()
    return tuple(found)


def kind_of(headers: Sequence[str]) -> ListKind | None:
    """Which list has these headers. Unknown: none of them, or it could be two."""
    names = {column.name for column in understood(headers) if column}
    if "household_id" not in names:
        return None
    if "person_id" not in names:
        return ListKind.HOMES
    only_names = {c.name for c in understood(NAMES_HEADERS) if c} - {c.name for c in understood(PEOPLE_HEADERS) if c}
    only_people = {c.name for c in understood(PEOPLE_HEADERS) if c} - {c.name for c in understood(NAMES_HEADERS) if c}
    of_names, of_people = len(names & only_names), len(names & only_people)
    if of_names == of_people:
        return None
    return ListKind.NAMES if of_names > of_people else ListKind.PEOPLE
