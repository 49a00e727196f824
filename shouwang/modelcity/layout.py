"""The department files: their headers, which months they have, and whether small ones are spreadsheets."""

from dataclasses import dataclass

from shouwang.modelcity import months

SPREADSHEET_BELOW = 100_000
"""Files with fewer rows are XLSX where the dataset allows it."""


@dataclass(frozen=True)
class Dataset:
    """One kind of file of one department."""

    name: str
    kind: str
    """events, roll or state."""
    is_sheet: bool
    headers: tuple[str, ...]

    @property
    def months(self) -> tuple[int, ...]:
        return months.ROLL_MONTHS if self.kind == "roll" else tuple(range(len(months.MONTHS)))


def _dataset(name: str, kind: str, headers: str) -> Dataset:
    kind, _, sheet = kind.partition(" ")
    return Dataset(name, kind, sheet == "x", tuple(headers.split()))


DATASETS = {
    dataset.name: dataset
    for dataset in (
        _dataset(
            "medical_settlements",
            "events",
            "姓名 证件号码 就诊类别 结算日期 总费用 基本医保支付 大病保险支付 医疗救助支付 个人自付",
        ),
        _dataset("insurance_claims", "events x", "姓名 证件号码 险种 赔付日期 赔付金额"),
        _dataset("medical_insurance", "roll", "姓名 证件号码 参保类型 参保状态 参保年度"),
        _dataset("serious_illness", "state x", "姓名 证件号码 病种 确诊日期 家庭医生签约"),
        _dataset("school_roll", "state", "姓名 证件号码 学校 学段 年级 就读状态 变动日期 变动原因"),
        _dataset("school_fees", "events x", "姓名 证件号码 学段 缴费日期 应缴金额 资助金额"),
        _dataset("disability_cards", "events x", "姓名 残疾证号 残疾类别 残疾等级 发证日期 业务"),
        _dataset("social_assistance", "roll", "姓名 证件号码 救助类别 保障人口 月发放金额 起始月份"),
        _dataset("employment", "roll", "姓名 证件号码 就业状态 就业地 月工资 失业起始日期 拒绝岗位次数 拒绝培训次数"),
        _dataset("housing", "state x", "户主姓名 户主证件号码 房屋等级 鉴定日期"),
        _dataset("water", "state x", "县 乡镇 行政村 水质达标 取水半径米 评价日期"),
        _dataset("disaster_losses", "events x", "户主姓名 户主证件号码 灾种 发生日期 损失金额 已获赔付"),
        _dataset("accidents", "events x", "姓名 证件号码 事故日期 自担费用 预计停工天数"),
        _dataset("vital_events", "events x", "姓名 证件号码 事件 日期"),
        _dataset("vehicles", "roll x", "姓名 证件号码 车型 登记日期"),
        _dataset("companies", "roll x", "姓名 证件号码 企业名称 职务 成立日期"),
        _dataset("real_estate", "roll x", "姓名 证件号码 坐落 面积 用途"),
        _dataset("public_payroll", "roll x", "姓名 证件号码 单位 人员类别"),
        _dataset("loans", "roll x", "姓名 证件号码 品种 余额 到期日 逾期天数"),
        _dataset("visits", "events", "household_id fact value as_of recorded_on source"),
    )
}
