"""Headers offices write for ours. What is not here is proposed to a person, and used once that person agreed."""

from dataclasses import replace

from shouwang.screening.datasets.schema import Column, Dataset

SYNONYMS: dict[str, tuple[str, ...]] = {
    "姓名": ("人员姓名",),
    "证件号码": ("身份证号", "身份证号码", "公民身份号码", "公民身份证号码", "证件号", "身份证件号码"),
    "户主姓名": ("户主",),
    "户主证件号码": ("户主身份证号", "户主身份证号码", "户主证件号"),
    "残疾证号": ("残疾人证号", "残疾证号码", "残疾人证号码"),
    "结算日期": ("结算时间", "费用结算日期"),
    "个人自付": ("个人自付金额", "自付金额", "个人自付费用"),
    "赔付日期": ("理赔日期", "赔款日期"),
    "赔付金额": ("理赔金额", "赔款金额"),
    "参保状态": ("参保情况", "医保参保状态"),
    "参保年度": ("参保年份", "年度"),
    "病种": ("病种名称", "疾病名称"),
    "确诊日期": ("确诊时间", "诊断日期"),
    "就读状态": ("学籍状态", "在校状态"),
    "变动日期": ("变动时间", "异动日期"),
    "变动原因": ("异动原因",),
    "学段": ("就读学段",),
    "缴费日期": ("缴费时间",),
    "应缴金额": ("应缴费用", "应收金额"),
    "资助金额": ("获资助金额", "减免资助金额"),
    "残疾等级": ("残疾级别",),
    "发证日期": ("发证时间", "办证日期"),
    "业务": ("业务类型", "办理业务"),
    "救助类别": ("救助类型", "保障类别"),
    "就业状态": ("就业情况", "就业失业状态"),
    "失业起始日期": ("失业日期", "失业开始日期", "失业登记日期"),
    "拒绝岗位次数": ("拒绝推荐岗位次数", "拒岗次数"),
    "拒绝培训次数": ("拒绝参加培训次数",),
    "房屋等级": ("房屋鉴定等级", "房屋安全等级", "鉴定等级"),
    "鉴定日期": ("鉴定时间",),
    "乡镇": ("乡镇街道", "乡(镇)"),
    "行政村": ("村", "村委会", "村(社区)"),
    "水质达标": ("水质是否达标",),
    "取水半径米": ("取水半径(米)", "取水半径"),
    "评价日期": ("评价时间",),
    "发生日期": ("灾害发生日期", "受灾日期"),
    "损失金额": ("灾害损失金额", "直接经济损失"),
    "已获赔付": ("已获赔付金额", "已赔付金额"),
    "事故日期": ("事故发生日期", "事故时间"),
    "自担费用": ("个人承担费用", "自担金额"),
    "预计停工天数": ("停工天数",),
    "事件": ("事件类型", "变动类型"),
    "日期": ("事件日期", "变动日期"),
    "车型": ("车辆类型",),
    "逾期天数": ("逾期日数",),
}
"""Our header → what else it is called, in every dataset that has it."""


def with_synonyms(dataset: Dataset) -> Dataset:
    """The declaration with all that its headers are called elsewhere."""
    return replace(dataset, columns=tuple(_with_synonyms(column) for column in dataset.columns))


def _with_synonyms(column: Column) -> Column:
    known = dict.fromkeys((*column.synonyms, *SYNONYMS.get(column.header, ())))
    return replace(column, synonyms=tuple(known))
