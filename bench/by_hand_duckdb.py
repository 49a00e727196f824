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
from by_hand_files import (
    AREAS,
    CATEGORIES,
    CLAIMS,
    CLEAN,
    KINDS,
    LAST,
    NUMBERS,
    PEOPLE,
    SAID,
    SUMS,
    month_files,
    month_of,
    place_index,
    sheet,
    village_code,
)  # fmt: skip

HERE = Path(__file__).resolve().parent
JUNE, END = "registry 2020-06", "date '2020-06-30'"
TO_LAST = "day > date '2020-06-30'"
WINDOW = "day not between date '2019-07-01' and date '2020-06-30'"


# What becomes of a value: its type as parsed, when it is no good, and how it is kept.
PARSED = {"date": "try_cast({0} as date)", "amount": "try_cast({0} as decimal(18, 8))",
          "count": "try_cast({0} as decimal(14, 4))", "text": "nullif(trim({0}), '')"}  # fmt: skip
WRONG = {"date": (10, "{0} is null or {0} < date '1900-01-01'"),
         "amount": (11, "{0} is null or {0} not between 0 and 100000000 or try_cast({0} as decimal(11, 2)) != {0}"),
         "count": (12, "{0} is null or {0} not between 0 and 100000 or {0} != try_cast({0} as int)"),
         "label": (13, "{0} is null"), "text": (15, "{0} is null")}  # fmt: skip
KEPT = {
    "date": "{0}",
    "amount": "(try_cast({0} as decimal(11, 2)) * 100)::bigint as {0}",
    "count": "try_cast({0} as int) as {0}",
    "label": "{0}",
    "text": "{0}",
}


def literal(value):
    """A label's meaning as SQL."""
    return f"'{value}'" if isinstance(value, str) else str(value).lower()


def parsed(reads, header, labels=None):
    """SQL of a cell as parsed; null where it cannot be."""
    if reads == "label":
        cases = " ".join(f"when '{word}' then {literal(ours)}" for word, ours in labels.items())
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
    # only rows of fate 0 are used below; of a roll, a faulty one makes its person doubtful


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


def read_water(db):
    """Rows about villages, each with its area code and fate."""
    columns = {"county": ("text", "县"), "town": ("text", "乡镇"), "village": ("text", "行政村"),
               "clean": ("label", "水质达标", CLEAN), "radius": ("count", "取水半径米"),
               "day": ("date", "评价日期")}  # fmt: skip
    db.execute(f"create temp table water_typed as select {typed(columns)} from raw_water")
    find = place_index()
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


def dated(column):
    return f"coalesce({column}, {END})"


FACTS = {  # fact → value, date, source, as registers and departments say it
    "register": ("h.register", END, f"'{JUNE}'"),
    "members": ("coalesce(members, 0)", END, f"'{JUNE}'"),
    "labour_units": ("case when members is null then 0 else labour_units end", END, f"'{JUNE}'"),
    **{f: (f"incomes.{f}", "income_as_of", "coalesce(income_source, 'incomes'::origin)")
       for f in ("net_income", "income_age_months", "transfer_income")},
    "net_income_before": ("incomes.net_income_before", "net_income_before__as_of",
                          "coalesce(income_source, 'incomes'::origin)"),
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


UNTOLD = ("expected_spending", "fed_and_clothed", "guarantee_unsolved", "rigid_spending", "guarantee_days")
"""Facts that no department tells: none to contradict a visit."""


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
                try_cast(value as decimal(18, 6)) * scale as number
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


def told_value(fact, present):
    """SQL of what registers and departments say; an income that a visit verified has the visit's age."""
    told = FACTS[fact][0]
    if fact == "income_contradiction" and "net_income" in present:
        return f"({told} or coalesce({differs('net_income', present)}, false))"
    if fact == "income_age_months" and "net_income" in present:
        return f"case when v_net_income is not null then months_since(v_net_income_as_of) else {told} end"
    return told


def differs(fact, present):
    """SQL: a visit and the departments disagree by more than is tolerated."""
    told = told_value(fact, present)
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
    for fact, (_, as_of, source) in FACTS.items():
        value = guarantee_days(present) if fact == "guarantee_days" else told_value(fact, present)
        if fact == "income_age_months" and "net_income" in present:
            as_of = f"case when v_net_income is not null then v_net_income_as_of else {as_of} end"
            source = f"coalesce(v_net_income_source, {source})"
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
    told = [f for f in present if f not in UNTOLD]
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
            f"create temp table {table} as select household_no, greatest(sum({fen})::bigint, 0) as {fact},"
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
