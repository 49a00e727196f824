"""The department files of `datasets.md`, one declaration each."""

from shouwang.screening.datasets.code_tables import load
from shouwang.screening.datasets.schema import Column, Dataset, Key, Kind, Reads
from shouwang.screening.datasets.synonyms import with_synonyms


def _same(*words: str) -> dict[str, str]:
    return {word: word for word in words}


NAME = Column("name", "姓名", Reads.NAME, may_be_empty=True)
ID = Column("id_number", "证件号码", Reads.ID, synonyms=("身份证号", "身份证号码", "公民身份号码"), may_be_empty=True)
HEAD_NAME = Column("name", "户主姓名", Reads.NAME, synonyms=("姓名",), may_be_empty=True)
HEAD_ID = Column(
    "id_number", "户主证件号码", Reads.ID, synonyms=("户主身份证号", "户主身份证号码", "证件号码"), may_be_empty=True
)


def _money(name: str, header: str, *, may_be_empty: bool = False) -> Column:
    return Column(name, header, Reads.MONEY, synonyms=(f"{header}(元)",), may_be_empty=may_be_empty)


def _date(name: str, header: str, *, may_be_empty: bool = False) -> Column:
    return Column(name, header, Reads.DATE, may_be_empty=may_be_empty)


def _count(name: str, header: str, *synonyms: str, unit: str, may_be_empty: bool = False) -> Column:
    return Column(name, header, Reads.COUNT, synonyms=synonyms, unit=unit, may_be_empty=may_be_empty)


def _asset(code: str, zh: str, office: str, *columns: Column, others: tuple[str, ...]) -> Dataset:
    return Dataset(code, zh, office, Kind.ROLL, (NAME, ID, *columns), others=others, feeds=("asset_flags",))


_INSURED = {
    **dict.fromkeys(("参保", "正常", "正常参保", "已参保", "在保", "参保缴费"), "insured"),
    **dict.fromkeys(
        ("未参保", "停保", "暂停", "暂停参保", "中断", "断保", "终止", "终止参保", "未缴费", "欠费"), "not"
    ),
}
_EMPLOYED = {
    **dict.fromkeys(
        (
            *("就业", "在业", "务工", "在岗", "已就业", "灵活就业", "务农", "自主创业", "公益性岗位"),
            *("外出务工", "在家务农", "公益岗位"),
        ),
        "working",
    ),
    **dict.fromkeys(("失业", "未就业", "待业", "无业", "登记失业"), "idle"),
    **dict.fromkeys(("就读", "退休", "无就业能力", "不在劳动年龄", "退出劳动力"), "outside"),
}
_GRADES = {written: grade for grade in "ABCD" for written in (grade, grade.lower(), f"{grade}级", f"{grade.lower()}级")}
_YES_NO = {
    **dict.fromkeys(("是", "达标", "合格", "true", "1"), "yes"),  # 1 and 0 as in code_tables/yes_no.yaml, one-zero
    **dict.fromkeys(("否", "不达标", "不合格", "未达标", "未合格", "false", "0"), "no"),
    **{spelling: {"是": "yes", "否": "no"}[word] for spelling, word in load("yes_no").spellings.items()},
}
_DISABILITY_GRADES = {
    written: str(n) for n, zh in enumerate("一二三四", 1) for written in (str(n), f"{n}级", zh, f"{zh}级")
}
_SCHOOLING = _same("在读", "休学", "辍学", "毕业") | {"在校": "在读", "失学": "辍学", "已毕业": "毕业"}
_ACTS = _same("新办", "升级", "注销", "换领") | {"新办证": "新办", "等级升级": "升级", "已注销": "注销"}
_EVENTS = _same("出生", "死亡", "迁入", "迁出", "服刑", "强戒") | {"强制戒毒": "强戒"}

_ALL = (
    Dataset(
        "medical_settlements",
        "医疗费用结算",
        "医保局",
        Kind.EVENTS,
        (NAME, ID, _date("happened_on", "结算日期"), _money("self_paid", "个人自付")),
        others=("就诊类别", "总费用", "基本医保支付", "大病保险支付", "医疗救助支付"),
        feeds=("medical_spending",),
        date="happened_on",
    ),
    Dataset(
        "insurance_claims",
        "保险理赔",
        "承保机构",
        Kind.EVENTS,
        (NAME, ID, _date("happened_on", "赔付日期"), _money("paid", "赔付金额")),
        others=("险种",),
        feeds=("insurance_claims",),
        date="happened_on",
    ),
    Dataset(
        "medical_insurance",
        "基本医保参保",
        "医保局",
        Kind.ROLL,
        (
            NAME,
            ID,
            Column("status", "参保状态", Reads.LABEL, labels=_INSURED),
            _count("year", "参保年度", unit="年度", may_be_empty=True),
        ),
        others=("参保类型",),
        feeds=("uninsured_members",),
    ),
    Dataset(
        "serious_illness",
        "大病慢病",
        "卫健委",
        Kind.STATE,
        (NAME, ID, Column("illness", "病种", Reads.TEXT), _date("happened_on", "确诊日期")),
        others=("家庭医生签约",),
        feeds=(),
        date="happened_on",
        optional=True,
    ),
    Dataset(
        "school_roll",
        "学籍",
        "教体局",
        Kind.STATE,
        (
            NAME,
            ID,
            Column("stage", "学段", Reads.TEXT, may_be_empty=True),
            Column("status", "就读状态", Reads.LABEL, labels=_SCHOOLING),
            _date("happened_on", "变动日期"),
            Column("reason", "变动原因", Reads.TEXT, may_be_empty=True),
        ),
        others=("学校", "年级"),
        feeds=("out_of_school",),
        date="happened_on",
    ),
    Dataset(
        "school_fees",
        "教育收费与资助",
        "教体局",
        Kind.EVENTS,
        (NAME, ID, _date("happened_on", "缴费日期"), _money("due", "应缴金额"), _money("aid", "资助金额")),
        others=("学段",),
        feeds=("school_spending",),
        date="happened_on",
    ),
    Dataset(
        "disability_cards",
        "残疾人证",
        "残联",
        Kind.EVENTS,
        (
            NAME,
            Column("id_number", "残疾证号", Reads.ID, synonyms=("残疾人证号", "残疾证号码"), may_be_empty=True),
            Column("grade", "残疾等级", Reads.LABEL, labels=_DISABILITY_GRADES),
            _date("happened_on", "发证日期"),
            Column("act", "业务", Reads.LABEL, labels=_ACTS),
        ),
        others=("残疾类别",),
        feeds=("disability_grade_new",),
        date="happened_on",
    ),
    Dataset(
        "social_assistance",
        "社会救助",
        "民政局",
        Kind.ROLL,
        (
            NAME,
            ID,
            Column(
                "support",
                "救助类别",
                Reads.LABEL,
                labels={
                    **_same("低保", "特困", "孤儿"),
                    "农村低保": "低保",
                    "城市低保": "低保",
                    "最低生活保障": "低保",
                    "特困供养": "特困",
                    "特困人员": "特困",
                },
            ),
        ),
        others=("保障人口", "月发放金额", "起始月份"),
        feeds=("support",),
    ),
    Dataset(
        "employment",
        "就业失业",
        "人社局",
        Kind.ROLL,
        (
            NAME,
            ID,
            Column("status", "就业状态", Reads.LABEL, labels=_EMPLOYED),
            _date("idle_since", "失业起始日期", may_be_empty=True),
            _count("refused_jobs", "拒绝岗位次数", unit="次", may_be_empty=True),
            _count("refused_training", "拒绝培训次数", unit="次", may_be_empty=True),
        ),
        others=("就业地", "月工资"),
        feeds=("refusals", "idle_months"),
    ),
    Dataset(
        "housing",
        "农房鉴定",
        "住建局",
        Kind.STATE,
        (
            HEAD_NAME,
            HEAD_ID,
            Column("grade", "房屋等级", Reads.LABEL, labels=_GRADES),
            _date("happened_on", "鉴定日期"),
        ),
        feeds=("housing_grade",),
        date="happened_on",
    ),
    Dataset(
        "water",
        "农村饮水",
        "水务局",
        Kind.STATE,
        (
            Column("county", "县", Reads.TEXT, synonyms=("县区", "县(市、区)")),
            Column("town", "乡镇", Reads.TEXT, synonyms=("乡镇街道",)),
            Column(
                "village", "行政村", Reads.TEXT, synonyms=("村", "村委会", "所在村", "村名", "村(社区)", "行政村(社区)")
            ),
            Column("clean", "水质达标", Reads.LABEL, labels=_YES_NO),
            _count("radius_metres", "取水半径米", "取水半径(米)", unit="米"),
            _date("happened_on", "评价日期"),
        ),
        feeds=("water_safe",),
        key=Key.VILLAGE,
        date="happened_on",
    ),
    Dataset(
        "disaster_losses",
        "灾害损失",
        "应急管理局",
        Kind.EVENTS,
        (
            HEAD_NAME,
            HEAD_ID,
            _date("happened_on", "发生日期"),
            _money("loss", "损失金额"),
            _money("compensated", "已获赔付"),
        ),
        others=("灾种",),
        feeds=("disaster_loss",),
        date="happened_on",
    ),
    Dataset(
        "accidents",
        "交通与意外事故",
        "公安局",
        Kind.EVENTS,
        (
            NAME,
            ID,
            _date("happened_on", "事故日期"),
            _money("borne", "自担费用"),
            _count("days_off", "预计停工天数", unit="天"),
        ),
        feeds=("accident_spending", "labour_lost"),
        date="happened_on",
    ),
    Dataset(
        "vital_events",
        "人口变动",
        "公安局",
        Kind.EVENTS,
        (
            NAME,
            ID,
            Column("event", "事件", Reads.LABEL, labels=_EVENTS),
            _date("happened_on", "日期"),
        ),
        feeds=("earner_lost",),
        date="happened_on",
    ),
    _asset(
        "vehicles",
        "机动车登记",
        "公安局",
        Column("vehicle", "车型", Reads.TEXT, may_be_empty=True),
        others=("登记日期",),
    ),
    _asset("companies", "市场主体任职", "市场监管局", others=("企业名称", "职务", "成立日期")),
    _asset("real_estate", "不动产登记", "自然资源局", others=("坐落", "面积", "用途")),
    _asset("public_payroll", "财政供养人员", "财政局", others=("单位", "人员类别")),
    Dataset(
        "loans",
        "小额信贷",
        "农信社",
        Kind.ROLL,
        (NAME, ID, _count("days_overdue", "逾期天数", unit="天")),
        others=("品种", "余额", "到期日"),
        feeds=("overdue_days",),
    ),
    Dataset(
        "visits",
        "入户核实",
        "守望",
        Kind.EVENTS,
        (
            Column("household_id", "household_id", Reads.TEXT),
            Column("fact", "fact", Reads.TEXT),
            Column("value", "value", Reads.TEXT, may_be_empty=True),
            _date("happened_on", "as_of"),
            _date("recorded_on", "recorded_on"),
            Column("source", "source", Reads.TEXT, may_be_empty=True),
        ),
        feeds=("expected_spending",),
        key=Key.HOUSEHOLD,
        date="happened_on",
    ),
)

CATALOGUE: dict[str, Dataset] = {dataset.code: with_synonyms(dataset) for dataset in _ALL}
"""Dataset code → declaration, in the order of `datasets.md`."""
