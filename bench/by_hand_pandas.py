"""The same screening in pandas, vectorised, as somebody at home in pandas would write it; see by_hand_duckdb.py.

Files are read by Arrow's reader, ids are reckoned in NumPy, unknown is NA all the way (nullable columns). One file on
purpose, however long: it stands for a script somebody would write.

Usage: by_hand_pandas.py CITY OUT
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq
from by_hand_files import (
    CATEGORIES,
    CLAIMS,
    CLEAN,
    KINDS,
    LAST,
    NUMBERS,
    PEOPLE,
    SAID,
    SUMS,
    areas,
    month_files,
    month_of,
    place_index,
    sheet,
    village_code,
)  # fmt: skip

AS_OF, FIRST_DAY, JANUARY = pd.Timestamp("2020-06-30"), pd.Timestamp("2019-07-01"), pd.Timestamp("2020-01-01")
FORESEEN_FROM = pd.Timestamp("2019-12-30")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
WRITTEN = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX", " \u3000'")
HALVES = {
    **dict.fromkeys(("普通劳动力", "技能劳动力", "普通", "技能"), 2),
    **dict.fromkeys(("弱劳动力或半劳动力", "弱/半劳动力", "弱劳动力", "半劳动力"), 1),
    **dict.fromkeys(("丧失劳动力", "散失劳动力", "无劳动力", "丧失", "无"), 0),
}
LINKED, UNLINKED, OUTSIDE, FAULTY = 0, 1, 2, 3

# ---------------------------------------------------------------- files


class Mangled:
    """Counts the lines that are no rows."""

    def __init__(self):
        self.lines = 0

    def __call__(self, row):
        self.lines += 1
        return "skip"


def read_raw(city, dataset, headers, mangled):
    """All files of a dataset as text, with the month; only the columns asked for."""
    frames = []
    for path in month_files(city, dataset):
        if path.suffix == ".csv":
            convert = pa_csv.ConvertOptions(
                column_types=dict.fromkeys(headers, pa.string()), include_columns=headers, strings_can_be_null=True,
                null_values=[""],
            )  # fmt: skip
            parse = pa_csv.ParseOptions(invalid_row_handler=mangled)
            frame = pa_csv.read_csv(path, parse_options=parse, convert_options=convert).to_pandas()
        elif path.suffix == ".xlsx":
            frame = sheet(path).select(headers).to_pandas()
        else:
            frame = pd.read_parquet(path)
        frames.append(frame.assign(month=month_of(path)))
    return pd.concat(frames, ignore_index=True)


def said(text):
    return text.notna() & (text.str.strip() != "")


def as_dates(text):
    """Days; NaT where the text is none, or before 1900."""
    day = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    odd = day.isna() & said(text)
    if odd.any():
        day[odd] = pd.to_datetime(text[odd].str.strip().str.replace("/", "-"), format="%Y-%m-%d", errors="coerce")
    return day.where(day >= pd.Timestamp("1900-01-01"))


def as_whole(text, scale, most):
    """Whole numbers of 1/scale; NA where the text is no number, has a finer part, or lies outside 0…most."""
    parts = pd.to_numeric(text, errors="coerce") * scale
    whole = parts.round()
    good = (parts - whole).abs().lt(1e-6) & whole.between(0, most)
    return whole.where(good).astype("Int64")


def as_label(text, labels):
    found = text.map(labels)
    odd = found.isna() & text.notna()
    if odd.any():
        found[odd] = text[odd].str.strip().map(labels)
    return found


def value(text, reads, labels=None):
    """A column as read; NA where it cannot be."""
    kind = reads.rstrip("?")
    if kind == "date":
        return as_dates(text)
    if kind == "amount":
        return as_whole(text, 100, 10**10)
    if kind == "count":
        return as_whole(text, 1, 100_000)
    if kind == "label":
        return as_label(text, labels)
    stripped = text.str.strip()
    return stripped.where(stripped != "")


def typed(raw, columns):
    """Values and whether the row has a fault."""
    rows, faulty = pd.DataFrame(index=raw.index), np.zeros(len(raw), bool)
    for name, (reads, header, *labels) in columns.items():
        rows[name] = value(raw[header], reads, *labels)
        missing = rows[name].isna()
        if reads != "text?":
            faulty |= (missing & said(raw[header]) if reads.endswith("?") else missing).to_numpy(bool)
    if "day" in rows:
        faulty |= (rows["day"].dt.year * 100 + rows["day"].dt.month > raw["month"]).to_numpy(bool)
    return rows, faulty


# ---------------------------------------------------------------- ids


def id_keys(text):
    """Seventeen digits × 11 + check digit; 0 where the text is no id."""
    keys = np.zeros(len(text), np.int64)
    plain = text.str.fullmatch("[0-9]{17}[0-9X]").fillna(False).to_numpy(bool)
    joined = "".join(text[plain])
    signs = np.frombuffer(joined.encode(), np.uint8).reshape(-1, 18)
    number = np.zeros(len(signs), np.int64)
    for place in range(17):
        number = number * 10 + (signs[:, place] - 48)
    last = signs[:, 17].astype(np.int64) - 48
    keys[plain] = number * 11 + np.where(last == 40, 10, last)
    for place in np.flatnonzero(~plain & text.notna().to_numpy()):
        keys[place] = odd_key(text.iloc[place])
    return keys


def odd_key(text):
    """The key of an id written in another way."""
    plain = text.translate(WRITTEN)
    if len(plain) == 15 and plain.isascii() and plain.isdigit():
        number = int(plain[:6] + "19" + plain[6:])
        return number * 11 + int(check_digits(np.array([number]))[0])
    number, last = plain[:17], plain[17:18]
    if len(plain) not in (18, 20, 22) or not (number.isascii() and number.isdigit() and last in "0123456789X"):
        return 0
    return int(number) * 11 + (10 if last == "X" else int(last))


def check_digits(numbers):
    total = sum(numbers // 10 ** (16 - place) % 10 * weight for place, weight in enumerate(WEIGHTS))
    return (12 - total % 11) % 11


def sound(keys):
    """Whether check digit and birth date of a key hold."""
    number = keys // 11
    place, days = pd.factorize(number // 1000 % 10**8)
    born = pd.to_datetime(pd.Series(days).astype(str).str.zfill(8), format="%Y%m%d", errors="coerce").notna().to_numpy()
    return (keys > 0) & (check_digits(number) == keys % 11) & born[place]


# ---------------------------------------------------------------- register


def read_register(folder):
    """Households in the order of their id (the place is their number), members, and faults by kind."""
    homes = pd.read_parquet(folder / "households.parquet", columns=["household_id", "area_code", "register"])
    homes = homes.sort_values("household_id", ignore_index=True)
    homes["area_known"] = homes["area_code"].isin([c for c in areas() if not c.endswith("000")])
    homes["register"] = homes["register"].where(homes["register"].isin(["exited", "registered", "general"]))
    columns = ["household_id", "name", "id_number", "relation", "birth_date", "in_school", "labour", "since", "until"]
    raw = pd.read_parquet(folder / "members.parquet", columns=columns)
    members = pd.DataFrame({
        "home": pd.Index(homes["household_id"]).get_indexer(raw["household_id"]),
        "key": id_keys(raw["id_number"]),
        "name": raw["name"].str.strip(),
        "born": pd.to_datetime(raw["birth_date"]),
        "halves": raw["labour"].map(HALVES).astype("Int8"),
        "at_school": ~raw["in_school"].fillna("").isin(["", "非在校生", "学龄前儿童", "否"]),
        "is_head": raw["relation"].isin(["户主", "本人或户主", "本人"]),
        "since": pd.to_datetime(raw["since"]),
        "until": pd.to_datetime(raw["until"]),
    })  # fmt: skip
    is_sound = sound(members["key"].to_numpy())
    bad_ids = raw["id_number"].fillna("").ne("").to_numpy() & ~is_sound
    members.loc[~is_sound, "key"] = 0
    members["active"] = ~(members["since"] > AS_OF) & ~(members["until"] <= AS_OF)
    members, faults = settle_doubles(members)
    bad = int((bad_ids[members.index] & (members["home"] >= 0) & (members["key"] == 0)).sum())
    faults |= {"area_code": int((~homes["area_known"]).sum()), "register": int(homes["register"].isna().sum()),
               "household_id": int((members["home"] < 0).sum()), "id_number": bad}  # fmt: skip
    return homes, members, faults


def settle_doubles(members):
    """One id, one person: twice in a household counts once; present in several it leads to nobody."""
    present = members[members["active"] & (members["key"] > 0)]
    same = present[present["key"].duplicated(keep=False)]
    twice = same[same.duplicated(["key", "home"])].index
    many = same.index[same.groupby("key")["home"].transform("nunique") > 1].difference(twice)
    members.loc[members["key"].isin(members.loc[many, "key"]), "key"] = 0
    return members.drop(twice), {"twice": len(twice), "many": len(many)}


class People:
    """Whom an id leads to: the person in the present household, else in the only past one."""

    def __init__(self, members):
        known = members[(members["key"] > 0) & (members["home"] >= 0)]
        present = known[known["active"]]
        past = known[~known["active"] & ~known["key"].isin(present["key"])]
        past = past[past.groupby("key")["home"].transform("nunique") == 1].drop_duplicates("key", keep="last")
        both = pd.concat([present, past])
        self._index = pd.Index(both["key"])
        self._person, self._home = both.index.to_numpy(), both["home"].to_numpy()

    def link(self, keys):
        """Member and household of each key; −1 where it leads to nobody."""
        place = self._index.get_indexer(keys)
        found = place >= 0
        return np.where(found, self._person[place], -1), np.where(found, self._home[place], -1)


def read_people(city, dataset, people, mangled):
    """Rows about people with member, home and fate; of rolls, the names of rows that link to nobody."""
    kind, id_header, columns = PEOPLE[dataset]
    name = ["姓名"] if kind == "roll" else []
    raw = read_raw(city, dataset, [id_header, *name, *(c[1] for c in columns.values())], mangled)
    rows, faulty = typed(raw, columns)
    rows["member"], rows["home"] = people.link(id_keys(raw[id_header]))
    outside = np.zeros(len(rows), bool)
    if kind != "roll":
        outside = (rows["day"] > AS_OF).to_numpy(bool)
    if kind == "events":
        outside = outside | (rows["day"] < FIRST_DAY).to_numpy(bool)
    fate = np.where(rows["home"] < 0, UNLINKED, LINKED)
    rows["fate"] = np.where(faulty, FAULTY, np.where(outside, OUTSIDE, fate)).astype("int8")
    strangers = raw.loc[rows["home"] < 0, "姓名"].str.strip() if name else pd.Series(dtype=str)
    strangers = strangers[strangers.notna() & (strangers != "")]
    return rows, set(strangers)


# ---------------------------------------------------------------- facts


class Facts:
    """The table of facts: of each a value, a date and a source."""

    def __init__(self, homes):
        self.table = pd.DataFrame(index=homes.index)

    def put(self, name, values, dates, source, *, silence=None):
        """Values by household; `silence` where there is none. Dates: one, or by household with the end of June."""
        here = self.table.index.isin(values.index)
        column = values.reindex(self.table.index)
        if silence is not None:
            column = column.where(here, silence)
        self.table[name] = column
        if isinstance(dates, pd.Series):
            dates = dates.reindex(self.table.index).fillna(AS_OF)
        self.table[f"{name}__as_of"] = pd.Series(dates, index=self.table.index).where(column.notna())
        self.table[f"{name}__source"] = pd.Categorical([source]).repeat(len(self.table))


def month_index(day):
    after = day + pd.Timedelta(days=1)
    return after.dt.year * 12 + after.dt.month


def months_since(day):
    after = day + pd.Timedelta(days=1)
    return (2020 * 12 + 7 - month_index(day) - (after.dt.day > 1)).astype("Int64")


def income_facts(folder, homes, facts):
    """The newest window's figures; of several for one window the one collected last, of those the lowest."""
    raw = pd.read_parquet(folder / "incomes.parquet")
    raw["home"] = pd.Index(homes["household_id"]).get_indexer(raw["household_id"])
    money = {c: raw[c].astype("float64") * 100 for c in ("wage", "business", "property", "transfer", "business_cost")}
    raw["net"] = money["wage"] + money["business"] + money["property"] + money["transfer"] - money["business_cost"]
    raw["transfer"] = money["transfer"]
    for column in ("window_to", "collected_on"):
        raw[column] = pd.to_datetime(raw[column])
    raw = raw[(raw["home"] >= 0) & (raw["collected_on"] <= AS_OF) & (raw["window_to"] <= AS_OF) & raw["net"].notna()]
    raw = raw.assign(ends=month_index(raw["window_to"]), lowest_first=raw["net"].clip(lower=0))
    raw = raw.sort_values(["home", "ends", "collected_on", "lowest_first"], ascending=[True, True, True, False])
    windows = raw.groupby(["home", "ends"]).agg(
        net=("net", "last"), transfer=("transfer", "last"), source=("source", "last"), window_to=("window_to", "max"),
        lowest=("net", "min"), highest=("net", "max"),
    ).reset_index()  # fmt: skip
    newest = windows.drop_duplicates("home", keep="last").set_index("home")
    before = windows.assign(ends=windows["ends"] + 12)[["home", "ends", "net", "window_to"]]
    earlier = (
        newest.reset_index().merge(before, on=["home", "ends"], how="left", suffixes=("", "_before")).set_index("home")
    )
    larger = newest[["lowest", "highest"]].abs().max(axis=1)
    named = ("incomes " + newest["source"].fillna("")).str.strip()
    for name, values in {
        "net_income": newest["net"], "net_income_before": earlier["net_before"], "transfer_income": newest["transfer"],
        "income_age_months": months_since(newest["window_to"]),
    }.items():  # fmt: skip
        dates = earlier["window_to_before"] if name == "net_income_before" else newest["window_to"]
        facts.put(name, values.round().astype("Int64"), dates, "incomes")
        sources = named.reindex(facts.table.index).fillna("incomes")
        facts.table[f"{name}__source"] = sources.astype("category")
    differ = (newest["highest"] - newest["lowest"]) * 1000 > larger * 200
    facts.put("income_contradiction", differ.astype("boolean"), AS_OF, "incomes", silence=False)


def register_facts(homes, present, unable, facts):
    """Register, members, labour and head."""
    facts.put("register", homes["register"], AS_OF, "registry 2020-06")
    halves = present["halves"].astype("Int64").mask(present["at_school"] | present.index.isin(unable), 0)
    grouped = present.assign(halves=halves).groupby("home")
    members = grouped.size().astype("Int64")
    hands = grouped["halves"].sum().where(grouped["halves"].count() == members)
    facts.put("members", members, AS_OF, "registry 2020-06", silence=0)
    facts.put("labour_units", hands, AS_OF, "registry 2020-06", silence=0)
    facts.put("has_head", grouped["is_head"].any().astype("boolean"), AS_OF, "registry 2020-06", silence=False)


def school_facts(present, rows, facts):
    """Children of compulsory age out of school; since when the oldest is out. A child's newest record counts."""
    rows = rows[rows["fate"] == LINKED]
    away = rows["status"].isin(["辍学", "休学"])
    healthy = ~rows["reason"].fillna("").str.contains("健康")
    done = (rows["status"] == "在读") | (away & ~healthy) | (~away & rows["stage"].fillna("").str.contains("初中"))
    rows = rows.assign(state=np.select([done, away], [0, 2], 1))
    newest = rows.sort_values(["day", "state"]).drop_duplicates("member", keep="last").set_index("member")
    age = 2020 - present["born"].dt.year - (present["born"].dt.month * 100 + present["born"].dt.day > 630)
    children = present.loc[age.between(6, 15) | present["born"].isna(), ["home", "born"]]
    children = children.join(newest[["day", "state"]]).join(standing_since(rows[["member", "day"]], rows["state"] == 2))
    state = children["state"].where(children["born"].notna())
    children["out"] = state.map({0.0: False, 2.0: True}).astype("boolean")
    children["since"] = children["since"].where(children["out"].fillna(False).astype(bool))
    grouped = children.groupby("home")
    out = grouped["out"].sum().astype("Int64")
    settled = grouped["out"].count() == grouped.size()
    facts.put("out_of_school", out.where((out > 0) | settled), grouped["day"].max(), "school_roll 2020-06", silence=0)
    return grouped["since"].min()


def standing_since(states, broken):
    """Since when a subject (first column) has been broken without a good day after it; of one day the worst."""
    subject = states.columns[0]
    good = states[~broken.to_numpy(bool)].groupby(subject)["day"].max()
    bad = states[broken.to_numpy(bool)]
    last_good = bad[subject].map(good)
    return bad[~(bad["day"] < last_good)].groupby(subject)["day"].min().rename("since")


def insurance_facts(present, rows, strangers, facts):
    """Members without valid insurance; of whom a row that cannot be used may be, is doubtful."""
    linked = rows[rows["fate"] == LINKED]
    insured = linked.loc[linked["insured"].astype(bool) & (linked["year"].fillna(2020) >= 2020), "member"]
    absent = present.loc[~present.index.isin(insured), ["home", "name", "since"]]
    doubtful = perhaps_listed(absent, rows, strangers)
    certain = absent[~doubtful].groupby("home")
    count = certain.size().reindex(absent["home"].unique()).astype("Int64")
    unclear = absent.loc[doubtful, "home"].unique()
    count = count.fillna(0).where(~(count.isna() & count.index.isin(unclear)))
    facts.put("uninsured_members", count, AS_OF, "medical_insurance 2020-06", silence=0)
    return certain["since"].min().fillna(JANUARY).clip(lower=JANUARY)


def housing_facts(rows, facts):
    """The newest appraisal, of one day the worst."""
    rows = rows[rows["fate"] == LINKED]
    newest = rows.sort_values(["day", "grade"]).drop_duplicates("home", keep="last").set_index("home")
    facts.put("housing_grade", newest["grade"], newest["day"], "housing 2020-06")
    return standing_since(rows[["home", "day"]], rows["grade"].isin(["C", "D"]))


def water_facts(homes, rows, facts):
    """Whether the village's newest assessment finds the water clean and near; of one day the worst counts."""
    rows = rows[rows["fate"] == LINKED]
    broken = ~(rows["clean"].astype(bool) & (rows["radius"] <= 1000).astype(bool))
    newest = (
        rows.assign(broken=broken).sort_values(["day", "broken"]).drop_duplicates("area", keep="last").set_index("area")
    )
    since = standing_since(rows[["area", "day"]], broken)

    def by_home(values):
        return pd.Series(values.reindex(homes["area_code"]).array, homes.index).dropna()

    safe = (~newest["broken"]).astype("boolean")
    facts.put("water_safe", by_home(safe), by_home(newest["day"]), "water 2020-06")
    return by_home(since)


def work_facts(present, rows, facts):
    """Refusals and the longest idleness of able members; an able member without a row: unknown."""
    rows = rows[rows["fate"] == LINKED]
    idle = months_since(rows["idle_since"]).clip(lower=0).mask(rows["status"] != "idle", 0)
    idle = idle.where((rows["status"] != "idle") | rows["idle_since"].notna())
    refused = rows["refused_jobs"] + rows["refused_training"]
    work = pd.DataFrame({"refused": refused, "idle": idle}).groupby(rows["member"]).max()
    able = present.loc[(present["halves"] > 0).fillna(False).astype(bool) & ~present["at_school"], ["home"]].join(work)
    grouped = able.groupby("home")
    size = grouped.size()
    for name, column, total in (("refusals", "refused", "sum"), ("idle_months", "idle", "max")):
        known = grouped[column].agg(total).where(grouped[column].count() == size)
        facts.put(name, known, AS_OF, "employment 2020-06", silence=0)


def earner_facts(members, rows, facts):
    """Households whose main earner (the head who left, else the head, else the eldest able) died or was taken away."""
    gone = rows["event"].isin(["死亡", "服刑", "强戒"])
    lost = rows[(rows["fate"] == LINKED) & gone].assign(key=lambda r: members["key"].reindex(r["member"]).to_numpy())
    there = members["active"] | (members["until"] > FIRST_DAY)
    able = members[there & (members["halves"] == 2).fillna(False).astype(bool) & (members["key"] > 0)]
    able = able[able["home"].isin(lost["home"])]
    left = ~(able["is_head"] & able["until"].notna())  # the register names the successor too
    order = able.assign(left=left, head=~able["is_head"], number=able.index)
    order = order.sort_values(["home", "left", "head", "born", "number"])
    earners = order.drop_duplicates("home")
    last = lost.merge(earners[["home", "key"]], on=["home", "key"]).groupby("home")["day"].max()
    facts.put("earner_lost", pd.Series(True, last.index, "boolean"), last, "vital_events 2020-06", silence=False)


def doubtful_homes(present, rows, strangers):
    """Households with a member whom a row that nobody can use may mean."""
    return present.loc[perhaps_listed(present, rows, strangers), "home"].unique()


def perhaps_listed(present, rows, strangers):
    """Who has no usable row, but a faulty one, or the name of a row of nobody."""
    settled = present.index.isin(rows.loc[rows["fate"] == LINKED, "member"])
    spoilt = present.index.isin(rows.loc[(rows["fate"] == FAULTY) & (rows["home"] >= 0), "member"])
    return (present["name"].isin(strangers) | spoilt) & ~settled


def sets(parts):
    """Pairs of household and word → the sorted set of each household."""
    pairs = pd.concat([pd.DataFrame({"home": homes, "word": words}) for homes, words in parts]).drop_duplicates()
    pairs = pairs.sort_values(["home", "word"])
    homes, starts = np.unique(pairs["home"].to_numpy(), return_index=True)
    words = np.split(pairs["word"].to_numpy(dtype=object), starts[1:])
    return pd.Series([list(w) for w in words[: len(homes)]], homes, dtype=object)


def put_set(facts, name, found, source):
    """A set fact: nobody listed, an empty set."""
    empty = pd.Series([[]] * len(facts.table), facts.table.index, dtype=object)
    empty.loc[found.index] = found
    facts.put(name, empty, AS_OF, source)


def circumstances(read, present, facts):
    """Support, assets, loans, injuries, disabilities and the sums."""
    rows, strangers = read["social_assistance"]
    linked = rows[rows["fate"] == LINKED]
    doubt = doubtful_homes(present, rows, strangers)
    put_set(facts, "support", sets([(linked["home"], linked["support"]), (doubt, "?")]), "social_assistance 2020-06")
    rolls = ("vehicles", "companies", "real_estate", "public_payroll")
    parts = [(read[r][0].loc[read[r][0]["fate"] == LINKED, "home"], r) for r in rolls]
    parts += [(doubtful_homes(present, *read[r]), "?") for r in rolls]
    put_set(facts, "asset_flags", sets(parts), f"{'+'.join(rolls)} 2020-06")
    rows, strangers = read["loans"]
    days = rows[rows["fate"] == LINKED].groupby("home")["days"].max()
    doubt = pd.Index(doubtful_homes(present, rows, strangers))
    days = days.reindex(days.index.union(doubt)).fillna(0)
    days[days.index.isin(doubt) & (days == 0).to_numpy(bool)] = pd.NA
    facts.put("overdue_days", days, AS_OF, "loans 2020-06", silence=0)
    rows = read["accidents"][0]
    hurt = rows[(rows["fate"] == LINKED) & (rows["days_off"] >= 30).fillna(False).astype(bool)].groupby("home")
    lost = hurt["member"].nunique().astype("Int64")
    facts.put("labour_lost", lost, hurt["day"].max(), "accidents 2020-06", silence=0)
    rows = read["disability_cards"][0]
    new = rows[(rows["fate"] == LINKED) & rows["act"].isin(["新办", "升级"])].groupby("home")
    grade = new["grade"].min().astype("Int64")
    facts.put("disability_grade_new", grade, new["day"].max(), "disability_cards 2020-06", silence=0)
    for dataset, fact, fen in SUMS.values():
        rows = read[dataset][0]
        rows = rows[rows["fate"] == LINKED]
        grouped = rows.assign(amount=rows.eval(fen)).groupby("home")
        total = grouped["amount"].sum().clip(lower=0).astype("Int64")
        facts.put(fact, total, grouped["day"].max(), f"{dataset} 2020-06", silence=0)


# ---------------------------------------------------------------- visits


def read_water(city, mangled):
    """Rows about villages with area code and fate."""
    columns = {"county": ("text", "县"), "town": ("text", "乡镇"), "village": ("text", "行政村"),
               "clean": ("label", "水质达标", CLEAN), "radius": ("count", "取水半径米"),
               "day": ("date", "评价日期")}  # fmt: skip
    raw = read_raw(city, "water", [c[1] for c in columns.values()], mangled)
    rows, faulty = typed(raw, columns)
    names, find = ["county", "town", "village"], place_index()
    places = rows[names].fillna("").drop_duplicates()
    codes = {tuple(n): village_code(find, n) for n in places.itertuples(index=False)}
    rows["area"] = [codes[n] for n in rows[names].fillna("").itertuples(index=False, name=None)]
    fate = np.where(rows["area"].isna(), UNLINKED, LINKED)
    outside = (rows["day"] > AS_OF).to_numpy(bool)
    rows["fate"] = np.where(faulty, FAULTY, np.where(outside, OUTSIDE, fate))
    return rows


def read_visits(city, homes, mangled):
    """Rows of visits with home, number or word, and fate."""
    raw = read_raw(city, "visits", [], mangled)
    rows = pd.DataFrame({"fact": raw["fact"], "home": pd.Index(homes["household_id"]).get_indexer(raw["household_id"])})
    rows["day"], rows["recorded"] = pd.to_datetime(raw["as_of"]), pd.to_datetime(raw["recorded_on"])
    scale = raw["fact"].map(NUMBERS)
    parts = pd.to_numeric(raw["value"], errors="coerce") * scale
    rows["number"] = parts.round().where((parts - parts.round()).abs() < 1e-6).astype("Int64")
    text, word = raw["value"].str.strip(), pd.Series(pd.NA, raw.index, dtype=object)
    for fact in CLAIMS:
        word[raw["fact"] == fact] = text[raw["fact"] == fact].map(SAID)
    for fact, options in CATEGORIES.items():
        word[raw["fact"] == fact] = text.where(text.isin(options))[raw["fact"] == fact]
    rows["word"] = word
    known = raw["fact"].isin([*NUMBERS, *CLAIMS, *CATEGORIES]) & said(raw["household_id"])
    late = rows["day"].dt.year * 100 + rows["day"].dt.month > raw["month"]
    unread = rows["number"].isna() & rows["word"].isna()
    faulty = ~known | rows["day"].isna() | rows["recorded"].isna() | late | unread
    outside = (rows["day"] > AS_OF) | (rows["recorded"] > AS_OF)
    fate = np.where(rows["home"] < 0, UNLINKED, LINKED)
    rows["fate"] = np.where(faulty.to_numpy(bool), FAULTY, np.where(outside, OUTSIDE, fate))
    return rows


def verified_values(rows):
    """Fact → by household the newest verified value, its day and its source; of one day the highest."""
    rows = rows[(rows["fate"] == LINKED) & ((rows["fact"] != "expected_spending") | (rows["day"] > FORESEEN_FROM))]
    rows = rows.sort_values(["day", "recorded", "number", "word"], na_position="first")
    newest = rows.drop_duplicates(["home", "fact"], keep="last").set_index("home")
    found = {}
    for fact, part in newest.groupby("fact"):
        values = part["number"] if fact in NUMBERS else part["word"]
        if fact in CLAIMS:
            values = (values == "yes").astype("boolean")
        found[fact] = (values, part["day"], "visits " + part["recorded"].dt.strftime("%Y-%m"))
    return found


def differs(fact, told, verified):
    told = told.reindex(verified.index)
    if fact in NUMBERS:
        larger = pd.concat([told.abs(), verified.abs()], axis=1).max(axis=1)
        differ = (verified - told).abs() * 1000 > larger * 200
    else:
        differ = told != verified
    return differ.fillna(False).astype(bool) & told.notna()


def guarantee_days(facts, verified, since):
    """Days since the oldest guarantee broke, a verified state before a department's."""
    table, oldest, known = facts.table, [], pd.Series(True, facts.table.index)
    for fact, told_since in since.items():
        broken_since = told_since.reindex(table.index)
        value = table[fact]
        if fact in verified:
            values, days, _ = verified[fact]
            is_broken = (
                values.isin(["C", "D"]) if fact == "housing_grade" else ~values if fact == "water_safe" else values > 0
            )
            seen = pd.concat([broken_since.reindex(values.index), days], axis=1).min(axis=1)
            broken_since.loc[values.index] = seen.where(is_broken.astype(bool))
            value = value.where(~value.index.isin(values.index), True) if fact == "water_safe" else value
            known &= value.notna() | value.index.isin(values.index)
        else:
            known &= value.notna()
        oldest.append(broken_since)
    days = (AS_OF - pd.concat(oldest, axis=1).min(axis=1)).dt.days.astype("Int64")
    return days.fillna(pd.Series(0, table.index, "Int64").where(known))


def with_visits(facts, verified, since):
    """Verified values take the place of what departments say; contradictions between them are kept by name."""
    table = facts.table
    days = guarantee_days(facts, verified, since)
    facts.put("guarantee_days", days, AS_OF, "computed")
    if "net_income" in verified:
        values, seen, source = verified["net_income"]
        differ = differs("net_income", table["net_income"], values)
        table.loc[differ.index[differ], "income_contradiction"] = True
        overlay(table, "income_age_months", months_since(seen), seen, source)
    contradictions = []
    for fact in sorted(verified):
        if fact in table and fact not in ("expected_spending", "fed_and_clothed", "guarantee_unsolved",
                                          "rigid_spending", "guarantee_days"):  # fmt: skip
            differ = differs(fact, table[fact], verified[fact][0])
            contradictions.append((differ.index[differ], fact))
    for fact, (values, seen, source) in verified.items():
        overlay(table, fact, values, seen, source)
    found = sets(contradictions) if contradictions else pd.Series(dtype=object)
    empty = pd.Series([[]] * len(table), table.index, dtype=object)
    empty.loc[found.index] = found
    table["contradictions"] = empty


def overlay(table, fact, values, seen, source):
    """Values, days and sources of some households over those of the table."""
    table.loc[values.index, fact] = values
    table.loc[values.index, f"{fact}__as_of"] = seen
    sources = table[f"{fact}__source"].cat.add_categories(
        [s for s in source.unique() if s not in table[f"{fact}__source"].cat.categories]
    )
    sources.loc[values.index] = source
    table[f"{fact}__source"] = sources


# ---------------------------------------------------------------- verdicts


def derive(f):
    """Everything the rules look at, three-valued."""
    d = pd.DataFrame(index=f.index)
    d["income"] = f["net_income"].mask((f["income_age_months"] > 12).fillna(False).astype(bool))
    parts = f["medical_spending"] + f["school_spending"] + f["disaster_loss"] + f["accident_spending"]
    d["rigid"] = f["rigid_spending"].fillna(parts)
    people = f["members"].where((f["members"] > 0).fillna(False).astype(bool))
    d["reference"] = d["income"] + f["insurance_claims"] - d["rigid"]
    below = d["reference"] < 600_000 * people
    d["burden"] = d["rigid"] - f["insurance_claims"] + f["expected_spending"]
    limits = {"exited": 500_000, "registered": 500_000, "general": 2_000_000}
    d["limit"] = f["register"].map(limits).astype("Int64")
    broken = (f["out_of_school"] > 0) | (f["uninsured_members"] > 0) | ~f["water_safe"] | ~f["fed_and_clothed"]
    d["broken"] = broken | f["housing_grade"].isin(["C", "D"]).astype("boolean").where(f["housing_grade"].notna())
    destitute = f["support"].map(lambda s: "特困" in s or (pd.NA if "?" in s else False)).astype("boolean")
    d["fallen-poor"] = d["income"] < 400_000 * people
    d["guarantee-gap"] = d["broken"] & (f["guarantee_days"] > 30) & f["guarantee_unsolved"]
    d["no-labour"] = ((f["labour_units"] == 0) | destitute) & below
    heavy = (d["burden"] > 0) & ((d["burden"] >= d["limit"]) | (d["burden"] * 10 >= d["income"] * 3))
    fallen = (f["net_income_before"] > 0) & (d["income"] * 10 <= f["net_income_before"] * 7)
    d["sudden-hardship"] = heavy | fallen | (f["labour_lost"] > 0) | f["earner_lost"]
    d["below-line"] = (f["labour_units"] > 0) & below
    d["below"] = below
    return d


RULES = {"fallen-poor": 1, "guarantee-gap": 1, "no-labour": 2, "sudden-hardship": 3, "below-line": 4}


def true(claim):
    return claim.fillna(False).to_numpy(bool)


def listed(marks, index):
    """Lists of the names whose mark is true."""
    texts = np.full(len(index), "", dtype=object)
    for name, mark in marks.items():
        texts[mark] += name + " "
    return pd.Series(texts, index).str.split()


def verdicts(homes, f, d):
    """Level, status, signs, national type and what could be worse."""
    level = np.select([true(d[rule]) for rule in RULES], list(RULES.values()), 0)
    decided = d[list(RULES)].notna().all(axis=1).to_numpy()
    level[(level == 0) & decided & true(~d["below"]) & true(~d["broken"])] = 5
    marks = {
        "burden-half-limit": true(d["burden"] * 2 >= d["limit"]),
        "new-severe-disability": true((f["disability_grade_new"] > 0) & (f["disability_grade_new"] <= 2)),
        "guarantee-broken": true(d["broken"]), "loan-overdue": true(f["overdue_days"] > 0),
        "income-contradiction": true(f["income_contradiction"]), "no-member": true(f["members"] == 0),
        "no-head": true(~f["has_head"]),
    }  # fmt: skip
    worse = {rule: d[rule].isna().to_numpy() & (level > n) for rule, n in RULES.items()}
    watched = np.logical_or.reduce([*marks.values(), f["register"].isin(["exited", "registered"]).to_numpy()])
    below = true(d["below"])
    kinds = [(f["register"] == "exited").to_numpy(bool) & below, (f["register"] == "general").to_numpy(bool) & below]
    return pd.DataFrame({
        "household_id": homes["household_id"], "area_code": homes["area_code"], "register": f["register"],
        "members": f["members"].astype("Int32"), "level": pd.Series(level, f.index).where(level > 0).astype("Int32"),
        "status": np.select([level > 0, watched], ["graded", "unverified"], "unassessed"),
        "signs": listed(marks, f.index),
        "national_type": pd.Series(np.select(kinds, ["脱贫不稳定户", "边缘易致贫户"], ""), f.index).replace("", None),
        "could_be_worse": listed(worse, f.index), "asset_flags": f["asset_flags"],
    })  # fmt: skip


INCOME = [("current_income", "元"), ("income_age_months", "月"), ("net_income", "元")]
SPENDING = [("rigid_spending_total", "元"), ("rigid_spending", "元"), ("medical_spending", "元"),
            ("school_spending", "元"), ("disaster_loss", "元"), ("accident_spending", "元")]  # fmt: skip
CLAIM, LINE, EACH = [("insurance_claims", "元")], [("members", "人"), ("monitoring_line", "元/人")], "元/人"
USED = {
    "fallen-poor": [("income_per_person", EACH), *INCOME, ("members", "人")],
    "guarantee-gap": [
        ("guarantee_broken", ""), ("out_of_school", "人"), ("uninsured_members", "人"), ("housing_grade", ""),
        ("water_safe", ""), ("fed_and_clothed", ""), ("guarantee_days", "天"), ("guarantee_unsolved", ""),
    ],
    "no-labour": [
        ("labour_units", "人"), ("support", ""), ("reference_income", EACH), *INCOME, *CLAIM, *SPENDING, *LINE,
    ],
    "sudden-hardship": [
        ("burden", "元"), *SPENDING, *CLAIM, ("expected_spending", "元"), ("burden_limit", "元"), ("register", ""),
        *INCOME, ("net_income_before", "元"), ("labour_lost", "人"), ("earner_lost", ""),
    ],
    "below-line": [
        ("labour_units", "人"), ("reference_income", EACH), *INCOME, *CLAIM, *SPENDING, *LINE,
        ("refusals", "次"), ("idle_months", "月"),
    ],
}  # fmt: skip
RIGID = ["rigid_spending", "medical_spending", "school_spending", "disaster_loss", "accident_spending"]
INCOMES = ["income_age_months", "net_income"]
INPUTS = {
    "income_per_person": [*INCOMES, "members"], "current_income": INCOMES, "rigid_spending_total": RIGID,
    "reference_income": [*INCOMES, "members", "insurance_claims", *RIGID], "monitoring_line": [],
    "burden": [*RIGID, "insurance_claims", "expected_spending"], "burden_limit": ["register"],
    "guarantee_broken": ["out_of_school", "uninsured_members", "housing_grade", "water_safe", "fed_and_clothed"],
}  # fmt: skip


def reasons(f, d):
    """Household → its reasons, for the warned only."""
    warned = np.logical_or.reduce([true(d[rule]) for rule in RULES])
    f, d = f[warned], d[warned]
    members = f["members"].where((f["members"] > 0).fillna(False).astype(bool))
    derived = {
        "income_per_person": d["income"] // members, "current_income": d["income"], "rigid_spending_total": d["rigid"],
        "reference_income": d["reference"] // members, "burden": d["burden"], "burden_limit": d["limit"],
        "monitoring_line": pd.Series(600_000, f.index, "Int64"), "guarantee_broken": d["broken"],
    }  # fmt: skip
    shown = {}
    for name, unit in {pair for pairs in USED.values() for pair in pairs}:
        texts = shown_values(derived.get(name, f.get(name)), unit, name)
        days = f[[f"{i}__as_of" for i in INPUTS.get(name, [name])]].min(axis=1)
        sources = ["computed"] * len(f) if name in INPUTS else f[f"{name}__source"].tolist()
        shown[name] = [
            {"fact": name, "value": text, "unit": unit, "as_of": None if pd.isna(day) else day.date(), "source": source}
            for text, day, source in zip(texts, days, sources, strict=True)
        ]
    fired = {rule: true(d[rule]) for rule in RULES}
    return {
        home: [
            {"rule": rule, "level": level, "values": [shown[name][n] for name, _ in USED[rule]]}
            for rule, level in RULES.items()
            if fired[rule][n]
        ]
        for n, home in enumerate(f.index)
    }


def shown_values(column, unit, name):
    """Texts as the contract writes them."""
    if unit.startswith("元"):
        return [None if pd.isna(v) else f"{'-' if v < 0 else ''}{abs(v) // 100}.{abs(v) % 100:02d}" for v in column]
    if name == "labour_units":
        return [None if pd.isna(v) else f"{v // 2}{'.5' if v % 2 else ''}" for v in column]
    if name == "support":
        return ["、".join(v) for v in column]
    return [
        None if pd.isna(v) else {True: "yes", False: "no"}[v] if isinstance(v, bool | np.bool_) else str(v)
        for v in column
    ]


REASONS = pa.list_(pa.struct([("rule", pa.string()), ("level", pa.int32()), ("values", pa.list_(pa.struct([
    ("fact", pa.string()), ("value", pa.string()), ("unit", pa.string()), ("as_of", pa.date32()),
    ("source", pa.string())])))]))  # fmt: skip
TEXTS = pa.list_(pa.string())


# ---------------------------------------------------------------- the run


def tally(dataset, rows, mangled):
    """Rows by fate; of a state only a subject's newest row is used, the others are set aside."""
    fates = rows["fate"].value_counts()
    linked = used = int(fates.get(LINKED, 0))
    if KINDS[dataset] in ("state", "visits"):
        subject = {"water": ["area"], "visits": ["home", "fact"]}.get(dataset, ["member"])
        used = len(rows.loc[rows["fate"] == LINKED, subject].drop_duplicates())
    return {"read": len(rows) + mangled, "linked": used, "unlinked": int(fates.get(UNLINKED, 0)),
            "set_aside": int(fates.get(OUTSIDE, 0)) + linked - used,
            "quarantined": int(fates.get(FAULTY, 0)) + mangled}  # fmt: skip


def all_facts(city, homes, members, read, water, visits):
    """The table of facts."""
    facts = Facts(homes)
    present = members[members["active"] & (members["home"] >= 0)]
    accidents = read["accidents"][0]
    off = (accidents["days_off"] > (AS_OF - accidents["day"]).dt.days).fillna(False).astype(bool)
    unable = accidents.loc[(accidents["fate"] == LINKED) & off, "member"]
    register_facts(homes, present, unable, facts)
    income_facts(city / "registry" / LAST, homes, facts)
    since = {
        "out_of_school": school_facts(present, read["school_roll"][0], facts),
        "uninsured_members": insurance_facts(present, *read["medical_insurance"], facts),
        "housing_grade": housing_facts(read["housing"][0], facts),
        "water_safe": water_facts(homes, water, facts),
    }
    work_facts(present, read["employment"][0], facts)
    earner_facts(members, read["vital_events"][0], facts)
    circumstances(read, present, facts)
    nothing = pd.Series(pd.NA, homes.index)
    facts.put("rigid_spending", nothing.astype("Int64"), AS_OF, "visits")
    facts.put("expected_spending", pd.Series(0, homes.index, "Int64"), AS_OF, "visits 2020-06")
    for claim in ("fed_and_clothed", "guarantee_unsolved"):
        facts.put(claim, nothing.astype("boolean"), AS_OF, "visits")
    with_visits(facts, verified_values(visits), since)
    ill = read["serious_illness"][0]
    ill = ill[ill["fate"] == LINKED]
    facts.table["illnesses"] = sets([(ill["home"], ill["illness"])]).reindex(homes.index)
    return facts.table


def write(homes, f, d, told, out):
    """Facts and verdicts as Parquet."""
    table = pa.Table.from_pandas(pd.concat([homes[["household_id", "area_code"]], f], axis=1), preserve_index=False)
    for n, field in enumerate(table.schema):
        if pa.types.is_timestamp(field.type):
            table = table.set_column(n, field.name, table[n].cast(pa.date32(), safe=False))
    pq.write_table(table, out / "facts.parquet", compression="zstd")
    why = reasons(f, d)
    columns = pa.Table.from_pandas(told.drop(columns=["signs", "could_be_worse", "asset_flags"]), preserve_index=False)
    for name in ("signs", "could_be_worse", "asset_flags"):
        columns = columns.append_column(name, pa.array(told[name], TEXTS))
    columns = columns.append_column("reasons", pa.array([why.get(home, []) for home in told.index], REASONS))
    pq.write_table(columns, out / "verdicts.parquet", compression="zstd")


def levels(told):
    counted = {s: {"households": 0, "people": 0} for s in ("1", "2", "3", "4", "5", "unverified", "unassessed")}
    standing = told["level"].astype("str").where(told["level"].notna(), told["status"])
    for name, part in told["members"].groupby(standing):
        counted[name] = {"households": len(part), "people": int(part.sum())}
    return counted


def main(city, out):
    out.mkdir(parents=True)
    seconds, clock = {}, [time.perf_counter()]

    def lap(stage):
        seconds[stage] = round(time.perf_counter() - clock[0], 3)
        clock[0] = time.perf_counter()

    homes, members, faults = read_register(city / "registry" / LAST)
    people = People(members)
    lap("register")
    read, tallies = {}, {}
    for dataset in PEOPLE:
        mangled = Mangled()
        read[dataset] = read_people(city, dataset, people, mangled)
        tallies[dataset] = tally(dataset, read[dataset][0], mangled.lines)
    water, visits = read_water(city, mangled := Mangled()), read_visits(city, homes, mangled)
    tallies |= {"water": tally("water", water, 0), "visits": tally("visits", visits, 0)}
    lap("extracts")
    f = all_facts(city, homes, members, read, water, visits)
    lap("facts")
    d = derive(f)
    told = verdicts(homes, f, d)
    lap("verdicts")
    write(homes, f, d, told, out)
    lap("writing")
    rows = {part: sum(t[part] for t in tallies.values()) for part in tallies["water"]}
    summary = {"levels": levels(told), "rows": rows, "datasets": tallies, "register": faults, "seconds": seconds}
    (out / "summary.json").write_text(json.dumps(summary, ensure_ascii=False, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve())
