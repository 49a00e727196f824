"""What both screenings by hand know of the files: headers, labels, months, spreadsheets, names of villages.

It follows datasets.md, as the product does, and imports nothing of it.
"""

import csv
import sys
from pathlib import Path

import pyarrow as pa
from python_calamine import CalamineWorkbook

AREAS = Path(__file__).resolve().parent.parent / "shouwang" / "areas" / "data" / "kunming.csv"
FIRST, LAST = "2019-07", "2020-06"


def same(*words):
    """Labels kept as written."""
    return {word: word for word in words}


def all_to(value, words):
    """Every one of the words, separated by spaces, to one value."""
    return dict.fromkeys(words.split(), value)


INSURED = all_to(True, "参保 正常 正常参保 已参保 在保 参保缴费") | all_to(
    False, "未参保 停保 暂停 暂停参保 中断 断保 终止 终止参保 未缴费 欠费"
)
WORKING = (
    all_to("working", "就业 在业 务工 在岗 已就业 灵活就业 务农 自主创业 公益性岗位")
    | all_to("idle", "失业 未就业 待业 无业")
    | all_to("outside", "就读 退休 无就业能力 不在劳动年龄 退出劳动力")
)
SUPPORT = same("低保", "特困", "孤儿") | {"农村低保": "低保", "城市低保": "低保", "特困供养": "特困"}
GRADES = {spelled: g for g in "ABCD" for spelled in (g, g.lower(), f"{g}级", f"{g.lower()}级")}
CLEAN = all_to(True, "是 达标 合格 true 1") | all_to(False, "否 不达标 不合格 false 0")
CARD_GRADES = {w: n for n, zh in enumerate("一二三四", 1) for w in (str(n), f"{n}级", zh, f"{zh}级")}

# dataset → kind, header of the id, columns: ours → (how it is read, header, labels). "?" may be empty.
PEOPLE = {
    "medical_settlements": ("events", "证件号码", {"day": ("date", "结算日期"), "fen": ("amount", "个人自付")}),
    "insurance_claims": ("events", "证件号码", {"day": ("date", "赔付日期"), "fen": ("amount", "赔付金额")}),
    "medical_insurance": ("roll", "证件号码", {
        "insured": ("label", "参保状态", INSURED), "year": ("count?", "参保年度"),
    }),
    "serious_illness": ("state", "证件号码", {"illness": ("text", "病种"), "day": ("date", "确诊日期")}),
    "school_roll": ("state", "证件号码", {
        "stage": ("text?", "学段"), "status": ("label", "就读状态", same("在读", "休学", "辍学", "毕业")),
        "day": ("date", "变动日期"), "reason": ("text?", "变动原因"),
    }),
    "school_fees": ("events", "证件号码", {
        "day": ("date", "缴费日期"), "due": ("amount", "应缴金额"), "aid": ("amount", "资助金额"),
    }),
    "disability_cards": ("events", "残疾证号", {
        "grade": ("label", "残疾等级", CARD_GRADES), "day": ("date", "发证日期"),
        "act": ("label", "业务", same("新办", "升级", "注销", "换领")),
    }),
    "social_assistance": ("roll", "证件号码", {"support": ("label", "救助类别", SUPPORT)}),
    "employment": ("roll", "证件号码", {
        "status": ("label", "就业状态", WORKING), "idle_since": ("date?", "失业起始日期"),
        "refused_jobs": ("count?", "拒绝岗位次数"), "refused_training": ("count?", "拒绝培训次数"),
    }),
    "housing": ("state", "户主证件号码", {"grade": ("label", "房屋等级", GRADES), "day": ("date", "鉴定日期")}),
    "disaster_losses": ("events", "户主证件号码", {
        "day": ("date", "发生日期"), "loss": ("amount", "损失金额"), "paid": ("amount", "已获赔付"),
    }),
    "accidents": ("events", "证件号码", {
        "day": ("date", "事故日期"), "fen": ("amount", "自担费用"), "days_off": ("count", "预计停工天数"),
    }),
    "vital_events": ("events", "证件号码", {
        "event": ("label", "事件", same("出生", "死亡", "迁入", "迁出", "服刑", "强戒")), "day": ("date", "日期"),
    }),
    "vehicles": ("roll", "证件号码", {}), "companies": ("roll", "证件号码", {}),
    "real_estate": ("roll", "证件号码", {}), "public_payroll": ("roll", "证件号码", {}),
    "loans": ("roll", "证件号码", {"days": ("count", "逾期天数")}),
}  # fmt: skip
KINDS = {name: kind for name, (kind, *_) in PEOPLE.items()} | {"water": "state", "visits": "visits"}
SUMS = {  # table of sums → dataset, fact, fen of a row
    "medical": ("medical_settlements", "medical_spending", "fen"),
    "claims": ("insurance_claims", "insurance_claims", "fen"),
    "fees": ("school_fees", "school_spending", "due - aid"),
    "disasters": ("disaster_losses", "disaster_loss", "loss - paid"),
    "mishaps": ("accidents", "accident_spending", "fen"),
}  # fmt: skip


NUMBERS = {  # numbers a visit can verify, and what one of them is stored as
    **all_to(100, "net_income net_income_before transfer_income insurance_claims medical_spending school_spending"
                    " disaster_loss accident_spending rigid_spending expected_spending"),
    **all_to(1, "members income_age_months out_of_school uninsured_members guarantee_days disability_grade_new"
                    " labour_lost refusals idle_months overdue_days"),
    "labour_units": 2,
}  # fmt: skip
CLAIMS = ("water_safe", "fed_and_clothed", "guarantee_unsolved", "earner_lost", "income_contradiction", "has_head")
CATEGORIES = {"register": ("exited", "registered", "general"), "housing_grade": tuple("ABCD")}
SAID = {"yes": "yes", "no": "no", "true": "yes", "false": "no", "是": "yes", "否": "no"}


def month_files(city, dataset):
    """The files this run reads. Stops where a month is missing: this script does not know what to do then."""
    files = sorted(p for p in (city / "extracts" / dataset).iterdir() if p.stem <= LAST)
    if KINDS[dataset] == "roll":
        return files[-1:]
    if KINDS[dataset] == "events":
        files = [p for p in files if p.stem >= FIRST]
    months = [p.stem for p in files]
    if len(months) < 12 or months[-1] != LAST:
        sys.exit(f"{dataset}: a month is missing")
    return files


def cell(value):
    """A spreadsheet's cell as text."""
    if value is None or value == "":
        return None
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return value if isinstance(value, str) else str(value)[:10]


def sheet(path):
    """A spreadsheet as a table of text."""
    header, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python(skip_empty_area=False)
    columns = list(zip(*rows, strict=True)) or [()] * len(header)
    table = {h: pa.array([cell(v) for v in column], pa.string()) for h, column in zip(header, columns, strict=True)}
    return pa.table({**table, "month": pa.array([month_of(path)] * len(rows), pa.int32())})


def month_of(path):
    return int(path.stem.replace("-", ""))


ENDINGS = ("村民委员会", "村委会", "行政村", "村")
COMMUNITIES = ("社区居民委员会", "社区居委会", "居民委员会", "居委会", "社区")
STREETS = ("街道办事处", "街道办", "街道")


def spellings(name):
    """A place's name, without its ending, and with an equal ending."""
    for family in (ENDINGS, COMMUNITIES, STREETS):
        ending = next((e for e in family if name.endswith(e)), None)
        if ending:
            stem = name.removesuffix(ending)
            stems = {stem, stem.removesuffix("村")} if family is ENDINGS else {stem}
            return {name} | {s + e for s in stems for e in ("", *family)} - {""}
    stem = name
    for ending in ("自治县", "彝族", "回族", "苗族", "区", "县", "市", "镇", "乡"):
        stem = stem.removesuffix(ending)
    return {name, stem, stem + name[-1]} - {""}


def areas():
    """Code → name of every place of the city."""
    with AREAS.open(encoding="utf-8", newline="") as stream:
        return {row["code"]: row["name"] for row in csv.DictReader(stream)}


def place_index():
    """Parent code and name → codes of the places so called."""
    full, anyhow = {}, {}
    for code, name in areas().items():
        if code.endswith("0" * 8):
            continue
        parent = code[:9] if not code.endswith("000") else code[:6] if code[6:9] != "000" else ""
        full.setdefault((parent, name), set()).add(code)
        for way in spellings(name):
            anyhow.setdefault((parent, way), set()).add(code)
    return lambda parent, name: full.get((parent, name)) or anyhow.get((parent, name), set())


def village_code(find, names):
    """The village of county, town and village names; None where there is none, or more than one."""
    parent = ""
    for name, length in zip(names, (6, 9, 12), strict=True):
        found = find(parent, "".join((name or "").split()))
        if len(found) != 1:
            return None
        parent = next(iter(found))[:length]
    return parent
