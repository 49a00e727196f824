"""The same screening by hand: plain DuckDB, as a good data engineer would write it; what `make bench` measures against.

It imports nothing of the product and knows one month and one policy: June 2020, kunming-2020. What the product does
besides, it leaves out: a policy that can be changed, another engine, sentences and warnings.csv, where in a file each
bad row lies, sha256 of the inputs, months that were not delivered (it stops), publishing whole or not at all.

Usage: by_hand_duckdb.py CITY OUT
"""

import hashlib
import json
import sys
import time
from pathlib import Path

import duckdb
import pyarrow as pa
from python_calamine import CalamineWorkbook

HERE = Path(__file__).resolve().parent
AREAS = HERE.parent / "shouwang" / "areas" / "data" / "kunming.csv"
FIRST, LAST = "2019-07", "2020-06"
TO_LAST = "day > date '2020-06-30'"
WINDOW = "day not between date '2019-07-01' and date '2020-06-30'"


def same(*words):
    """Labels kept as written."""
    return {word: f"'{word}'" for word in words}


def all_to(value, words):
    """Every one of the words, separated by spaces, to one value."""
    return dict.fromkeys(words.split(), value)


INSURED = all_to("true", "参保 正常 正常参保 已参保 在保 参保缴费") | all_to(
    "false", "未参保 停保 暂停 暂停参保 中断 断保 终止 终止参保 未缴费 欠费"
)
WORKING = (
    all_to("'working'", "就业 在业 务工 在岗 已就业 灵活就业 务农 自主创业 公益性岗位")
    | all_to("'idle'", "失业 未就业 待业 无业")
    | all_to("'outside'", "就读 退休 无就业能力 不在劳动年龄 退出劳动力")
)
SUPPORT = same("低保", "特困", "孤儿") | {"农村低保": "'低保'", "城市低保": "'低保'", "特困供养": "'特困'"}
GRADES = {spelled: f"'{g}'" for g in "ABCD" for spelled in (g, g.lower(), f"{g}级", f"{g.lower()}级")}
CLEAN = all_to("true", "是 达标 合格 true 1") | all_to("false", "否 不达标 不合格 false 0")
CARD_GRADES = {w: str(n) for n, zh in enumerate("一二三四", 1) for w in (str(n), f"{n}级", zh, f"{zh}级")}

# dataset → kind, header of the id, columns: ours → (how it is read, header, labels). "?" may be empty.
PEOPLE = {
    "medical_settlements": ("events", "证件号码", {"day": ("date", "结算日期"), "fen": ("amount", "个人自付")}),
    "insurance_claims": ("events", "证件号码", {"day": ("date", "赔付日期"), "fen": ("amount", "赔付金额")}),
    "medical_insurance": ("roll", "证件号码", {"insured": ("label", "参保状态", INSURED)}),
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

# What becomes of a value: its type as parsed, when it is no good, and how it is kept.
PARSED = {"date": "try_cast({0} as date)", "amount": "try_cast({0} as decimal(14, 3)) * 100",
          "count": "try_cast({0} as decimal(9, 1))", "text": "nullif(trim({0}), '')"}  # fmt: skip
WRONG = {"date": (10, "{0} is null or {0} < date '1900-01-01'"),
         "amount": (11, "{0} is null or {0} != {0}::bigint or {0} not between 0 and 10000000000"),
         "count": (12, "{0} is null or {0} != {0}::int or {0} not between 0 and 100000"),
         "label": (13, "{0} is null"), "text": (15, "{0} is null")}  # fmt: skip
KEPT = {"date": "{0}", "amount": "{0}::bigint as {0}", "count": "{0}::int as {0}", "label": "{0}", "text": "{0}"}


def parsed(reads, header, labels=None):
    """SQL of a cell as parsed; null where it cannot be."""
    if reads == "label":
        cases = " ".join(f"when '{word}' then {ours}" for word, ours in labels.items())
        return f'coalesce(case "{header}" {cases} end, case trim("{header}") {cases} end)'
    return PARSED[reads.rstrip("?")].format(f'"{header}"')


def judged(columns, outside):
    """SQL of a row's fault: 10 date, 11 amount, 12 count, 13 label, 14 later than its file, 15 empty; 2 outside."""
    cases = []
    for name, (reads, *_) in columns.items():
        code, wrong = WRONG[reads.rstrip("?")]
        wrong = wrong.format(name)
        if not reads.endswith("?"):
            cases.append(f"when {wrong} then {code}")
        elif reads != "text?":
            cases.append(f"when {name}_said and ({wrong}) then {code}")
    if "day" in columns:
        cases.append("when year(day) * 100 + month(day) > month then 14")
    cases += [f"when {outside} then 2"] if outside else []
    return f"case {' '.join(cases)} end" if cases else "null"


def typed(columns):
    """SQL of all columns as parsed, and whether an optional one says anything."""
    said = [f"trim(\"{c[1]}\") != '' as {n}_said" for n, c in columns.items() if c[0] in ("date?", "count?")]
    return ", ".join([*(f"{parsed(*c)} as {n}" for n, c in columns.items()), *said, "month"])


def read_people(db, dataset):
    """Rows about people, each with its person, household and fate, in a table of the dataset's name."""
    kind, id_header, columns = PEOPLE[dataset]
    outside = {"events": WINDOW, "state": TO_LAST, "roll": ""}[kind]
    stranger = "case when household_no is null then name end as stranger" if kind == "roll" else "month"
    name = "nullif(trim(姓名), '') as name" if kind == "roll" else "null as name"
    kept = ", ".join(["member_no", "household_no", *(KEPT[c[0].rstrip("?")].format(n) for n, c in columns.items())])
    db.execute(f"""
        create temp table {dataset} as
        with typed as (select id_key("{id_header}") as key, {name}, {typed(columns)} from raw_{dataset}),
        judged as (select *, {judged(columns, outside)} as fault from typed)
        select {kept}, {stranger}, coalesce(fault, (household_no is null)::int)::utinyint as fate
        from judged left join linkable using (key)
    """)
    # a faulty value is nobody's; only rows of fate 0 are used below


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


def make_view(db, city, dataset):
    """raw_<dataset>: all its files, every column as text (visits are typed already), and the month."""
    files = month_files(city, dataset)
    parts = []
    texts = [p for p in files if p.suffix == ".csv"]
    if texts:
        with texts[0].open(encoding="utf-8-sig") as stream:
            header = stream.readline().strip().split(",")
        columns = ", ".join(f"'{h}': 'VARCHAR'" for h in header)
        parts.append(
            f"select *, replace(filename[-11:-5], '-', '')::int as month from read_csv({[str(p) for p in texts]},"
            f" columns = {{{columns}}}, header = true, auto_detect = false, delim = ',', quote = '\"', escape = '\"',"
            " filename = true, store_rejects = true, rejects_limit = 0)"
        )
    sheets = [sheet(p) for p in files if p.suffix == ".xlsx"]
    if sheets:
        db.register(f"sheets_{dataset}", pa.concat_tables(sheets))
        parts.append(f"select * from sheets_{dataset}")
    if not texts and not sheets:
        parts = [f"select *, {month_of(p)} as month from '{p}'" for p in files]
    db.execute(f"create temp view raw_{dataset} as {' union all by name '.join(parts)}")


def mangled_lines(db):
    """Lines that were no rows since the last call."""
    if not db.execute("select count(*) from duckdb_tables() where table_name = 'reject_errors'").fetchone()[0]:
        return 0
    n = db.execute("select count(distinct (scan_id, file_id, line)) from reject_errors").fetchone()[0]
    db.execute("delete from reject_errors; delete from reject_scans")
    return n


# ---------------------------------------------------------------- villages

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


def place_index(db):
    """Parent code and name → codes of the places so called."""
    full, anyhow = {}, {}
    for code, name in db.execute("select code, name from areas where code not like '%0000000000'").fetchall():
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


def read_water(db):
    """Rows about villages, each with its area code and fate."""
    columns = {"county": ("text", "县"), "town": ("text", "乡镇"), "village": ("text", "行政村"),
               "clean": ("label", "水质达标", CLEAN), "radius": ("count", "取水半径米"),
               "day": ("date", "评价日期")}  # fmt: skip
    db.execute(f"create temp table water_typed as select {typed(columns)} from raw_water")
    find = place_index(db)
    names = db.execute("select distinct county, town, village from water_typed").fetchall()
    codes = pa.table({
        **{n: pa.array([row[i] for row in names], pa.string()) for i, n in enumerate(("county", "town", "village"))},
        "area_code": pa.array([village_code(find, row) for row in names], pa.string()),
    })  # fmt: skip
    db.register("village_codes", codes)
    db.execute(f"""
        create temp table water as
        select area_code, clean, radius::int as radius, day,
            coalesce({judged(columns, TO_LAST)}, (area_code is null)::int)::utinyint as fate
        from water_typed left join village_codes using (county, town, village)
    """)


# ---------------------------------------------------------------- facts

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
JUNE, END = "registry 2020-06", "date '2020-06-30'"


def dated(column):
    return f"coalesce({column}, {END})"


FACTS = {  # fact → value, date, source, as registers and departments say it
    "register": ("h.register", END, f"'{JUNE}'"),
    "members": ("coalesce(members, 0)", END, f"'{JUNE}'"),
    "labour_units": ("case when members is null then 0 else labour_units end", END, f"'{JUNE}'"),
    **{f: (f"incomes.{f}", "income_as_of", "coalesce(income_source, 'incomes'::origin)")
       for f in ("net_income", "net_income_before", "income_age_months", "transfer_income")},
    **{fact: (f"coalesce({t}.{fact}, 0)", dated(f"{t}.{fact}__as_of"), f"'{ds} 2020-06'")
       for t, (ds, fact, _) in SUMS.items()},
    "rigid_spending": ("null::bigint", "null::date", "'visits'"),
    "expected_spending": ("0::bigint", END, "'visits 2020-06'"),
    "out_of_school": ("case when school.household_no is null then 0 else out_of_school end",
                      dated("out_of_school__as_of"), "'school_roll 2020-06'"),
    "uninsured_members": ("case when insurance.household_no is null then 0 else uninsured_members end", END,
                          "'medical_insurance 2020-06'"),
    "housing_grade": ("homes.housing_grade", "housing_grade__as_of", "'housing 2020-06'"),
    "water_safe": ("springs.water_safe", "water_safe__as_of", "'water 2020-06'"),
    "fed_and_clothed": ("null::boolean", "null::date", "'visits'"),
    "guarantee_days": ("", END, "'computed'"),  # see guarantee_days()
    "guarantee_unsolved": ("null::boolean", "null::date", "'visits'"),
    "disability_grade_new": ("coalesce(disability_grade_new, 0)", dated("disability_grade_new__as_of"),
                             "'disability_cards 2020-06'"),
    "labour_lost": ("coalesce(labour_lost, 0)", dated("labour_lost__as_of"), "'accidents 2020-06'"),
    "earner_lost": ("earners.household_no is not null", dated("earner_lost__as_of"), "'vital_events 2020-06'"),
    "support": ("coalesce(support, [])", END, "'social_assistance 2020-06'"),
    "refusals": ("case when work.household_no is null then 0 else refusals end", END, "'employment 2020-06'"),
    "idle_months": ("case when work.household_no is null then 0 else idle_months end", END, "'employment 2020-06'"),
    "asset_flags": ("coalesce(asset_flags, [])", END, "'vehicles+companies+real_estate+public_payroll 2020-06'"),
    "overdue_days": ("case when debts.household_no is null then 0 else overdue_days end", END, "'loans 2020-06'"),
    "income_contradiction": ("coalesce(income_contradiction, false)", END, "'incomes'"),
    "has_head": ("coalesce(has_head, false)", END, f"'{JUNE}'"),
}  # fmt: skip
GUARANTEES = {  # guarantee → when it is broken, and since when the departments say so
    "out_of_school": ("{} > 0", "school_broken"), "uninsured_members": ("{} > 0", "insurance_broken"),
    "housing_grade": ("{} in ('C', 'D')", "housing_broken"), "water_safe": ("not {}", "water_broken"),
}  # fmt: skip


def read_visits(db):
    """Rows of visits, each with its household, typed value and fate."""
    facts = [(n, scale) for n, scale in NUMBERS.items()] + [(n, 0) for n in (*CLAIMS, *CATEGORIES)]
    words = [(n, w, said) for n in CLAIMS for w, said in SAID.items()]
    words += [(n, w, w) for n, options in CATEGORIES.items() for w in options]
    db.execute("create temp table known_facts (fact text, scale int)")
    db.execute("create temp table known_words (fact text, said text, word text)")
    db.executemany("insert into known_facts values (?, ?)", facts)
    db.executemany("insert into known_words values (?, ?, ?)", words)
    db.execute("""
        create temp table visits as
        with typed as (
            select household_id, fact, as_of as seen, recorded_on as recorded, month, scale, word,
                try_cast(value as decimal(14, 3)) * scale as number
            from raw_visits left join known_facts using (fact)
            left join known_words w on w.fact = raw_visits.fact and w.said = trim(value)
        ),
        judged as (
            select *, case when coalesce(trim(household_id), '') = '' or scale is null then 15
                when seen is null or recorded is null or least(seen, recorded) < date '1900-01-01' then 10
                when (scale = 0 or number is null or number != number::bigint) and word is null then 11
                when year(seen) * 100 + month(seen) > month then 14
                when greatest(seen, recorded) > date '2020-06-30' then 2 end as fault
            from typed
        )
        select household_no, fact, case when scale > 0 then number::bigint end as number, word, seen, recorded,
            coalesce(fault, (household_no is null)::int)::utinyint as fate
        from judged left join households using (household_id)
    """)


def verified_value(fact):
    mine = f"filter (fact = '{fact}')"
    if fact in NUMBERS:
        return f"max(number) {mine}"
    return f"max(word) {mine} = 'yes'" if fact in CLAIMS else f"max(word) {mine}"


def differs(fact, present):
    """SQL: a visit and the departments disagree by more than is tolerated."""
    told = guarantee_days(present) if fact == "guarantee_days" else FACTS[fact][0]
    if fact in NUMBERS:
        return f"abs(v_{fact} - {told}) * 1000 > greatest(abs(v_{fact}), abs({told})) * 200"
    return f"v_{fact} != ({told})"


def guarantee_days(present):
    """SQL: days since the oldest guarantee broke, a verified state before a department's."""
    since, known = [], []
    for fact, (broken, told_since) in GUARANTEES.items():
        told = FACTS[fact][0]
        if fact in present:
            seen_broken = broken.format(f"v_{fact}")
            since.append(f"case when v_{fact} is null then {told_since}"
                         f" when {seen_broken} then least({told_since}, v_{fact}_as_of) end")  # fmt: skip
            told = f"coalesce(v_{fact}, {told})"
        else:
            since.append(told_since)
        known.append(f"({told}) is not null")
    oldest = f"least({', '.join(since)})"
    return f"case when {oldest} is not null then {END} - {oldest} when {' and '.join(known)} then 0 end"


def fact_columns(present):
    """SQL of every fact with its date and source: a visit's before a department's."""
    columns = []
    for fact, (value, as_of, source) in FACTS.items():
        value = guarantee_days(present) if fact == "guarantee_days" else value
        if fact == "income_contradiction" and "net_income" in present:
            value = f"({value} or coalesce({differs('net_income', present)}, false))"
        if fact in present:
            as_of = f"case when v_{fact} is not null then v_{fact}_as_of else {as_of} end"
            source = f"coalesce(v_{fact}_source, {source}::origin)"
            value = f"coalesce(v_{fact}, {value})"
        columns.append(f"{value} as {fact}, case when {value} is not null then {as_of} end as {fact}__as_of,"
                       f" {source}::origin as {fact}__source")  # fmt: skip
    return ", ".join(columns)


def sql_of_facts(db, out):
    """What the facts' SQL needs to know: which facts visits verified at all."""
    present = sorted(fact for (fact,) in db.execute("select distinct fact from verified").fetchall())
    columns = [
        f"{verified_value(f)} as v_{f}, any_value(seen) filter (fact = '{f}') as v_{f}_as_of,"
        f" any_value(source) filter (fact = '{f}')::origin as v_{f}_source"
        for f in present
    ]
    told = [
        f for f in present if f not in ("expected_spending", "fed_and_clothed", "guarantee_unsolved", "rigid_spending")
    ]
    marks = ", ".join(f"case when {differs(f, present)} then '{f}' end" for f in told)
    listed = (
        f"case when v.household_no is null then [] else list_filter([{marks}]::text[], lambda f: f is not null) end"
    )
    constants = {source for _, _, source in FACTS.values() if source.startswith("'")} | {"'incomes'"}
    return {
        "sources": " union all ".join(f"select {source}" for source in sorted(constants)),
        "verified_columns": ", ".join(columns) or "true as nothing",
        "fact_columns": fact_columns(set(present)),
        "contradictions": listed if told else "[]::text[]",
        "out": out,
    }


# ---------------------------------------------------------------- the run


def summary(db, mangled):
    """Households and people by level, rows by fate and dataset."""
    standings = {s: {"households": 0, "people": 0} for s in ("1", "2", "3", "4", "5", "unverified", "unassessed")}
    for level, households, people in db.execute(
        "select coalesce(level::text, status), count(*), sum(members)::bigint from decided group by all"
    ).fetchall():
        standings[level] = {"households": households, "people": people}
    datasets = {name: tally(db, name, mangled.get(name, 0)) for name in KINDS}
    rows = {
        part: sum(t[part] for t in datasets.values())
        for part in ("read", "linked", "unlinked", "set_aside", "quarantined")
    }
    return {"levels": standings, "rows": rows, "datasets": datasets, "register": register_faults(db)}


def tally(db, dataset, mangled):
    """Rows of a dataset by fate; of a state only the newest row of a subject is used, the others are set aside."""
    by_fate = dict(db.execute(f"select fate, count(*) from {dataset} group by fate").fetchall())
    subject = {"water": "area_code", "visits": "(household_no, fact)"}.get(dataset, "member_no")
    linked = used = by_fate.get(0, 0)
    if KINDS[dataset] in ("state", "visits"):
        used = db.execute(f"select count(distinct {subject}) from {dataset} where fate = 0").fetchone()[0]
    return {
        "read": sum(by_fate.values()) + mangled,
        "linked": used,
        "unlinked": by_fate.get(1, 0),
        "set_aside": by_fate.get(2, 0) + linked - used,
        "quarantined": sum(n for fate, n in by_fate.items() if fate >= 10) + mangled,
    }


def register_faults(db):
    """Faults of the register: how many of each."""
    return dict(
        db.execute("""
            select 'area_code', count(*) from households where not area_known
            union all select 'register', count(*) from households where register is null
            union all select 'household_id', count(*) from members where household_no is null
            union all select 'id_number', count(*) from members
                where household_no is not null and key is null and id_is_bad
            union all select fault, count(*) from doubles group by fault
        """).fetchall()
    )


LINE = """
    select household_id || '|' || coalesce(level::text, '?') || '|' || status || '|'
        || coalesce(national_type, '?') || '|' || coalesce(list_aggregate(list_transform(
            reasons, lambda r: r.rule || ':' || r.level || '[' || list_aggregate(list_transform(
                r."values", lambda v: v.fact || '=' || coalesce(v.value, '?')), 'string_agg', ',') || ']'
            ), 'string_agg', ';'), '') || chr(10)
    from decided left join evidence using (household_no) order by household_no
"""


def digest(db):
    """sha256 over one line per household, as the contract has it."""
    total = hashlib.sha256()
    for batch in db.sql(LINE).to_arrow_reader(100_000):
        total.update("".join(batch.column(0).to_pylist()).encode())
    return total.hexdigest()


def main(city, out):
    out.mkdir(parents=True)
    seconds, clock = {}, [time.perf_counter()]

    def lap(stage):
        seconds[stage] = round(time.perf_counter() - clock[0], 3)
        clock[0] = time.perf_counter()

    db = duckdb.connect(config={"memory_limit": "1200MB", "temp_directory": str(out / "spill")})
    db.execute(f"set variable registry = '{city}/registry/{LAST}'")
    db.execute(f"create temp table areas as from read_csv('{AREAS}', all_varchar = true)")
    parts = (HERE / "by_hand_duckdb.sql").read_text(encoding="utf-8").split("-- step: ")
    sql = {part.split("\n", 1)[0]: part.split("\n", 1)[1] for part in parts}
    db.execute(sql["register"])
    lap("register")
    mangled = {}
    for dataset in KINDS:
        make_view(db, city, dataset)
        read = {"water": read_water, "visits": read_visits}.get(dataset)
        read(db) if read else read_people(db, dataset)
        mangled[dataset] = mangled_lines(db)
    lap("extracts")
    for table, (dataset, fact, fen) in SUMS.items():
        db.execute(
            f"create temp table {table} as select household_no, sum({fen})::bigint as {fact},"
            f" max(day) as {fact}__as_of from {dataset} where fate = 0 group by all"
        )
    db.execute(sql["pieces"])
    lap("pieces")
    fill = sql_of_facts(db, out)
    db.execute(sql["facts"].format(**fill))
    lap("facts")
    db.execute(sql["verdicts"].format(**fill))
    lap("verdicts")
    told = summary(db, mangled) | {"output_digest": digest(db)}
    lap("summary")
    (out / "summary.json").write_text(
        json.dumps(told | {"seconds": seconds}, ensure_ascii=False, indent=1), encoding="utf-8"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
