"""公安局, 市场监管局, 自然资源局, 财政局, 农信社: what people own, who pays them, what they owe."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from shouwang.modelcity import columns, months
from shouwang.modelcity.chunk import Chunk
from shouwang.modelcity.parameters import by_register

VEHICLES = ("小型轿车", "小型普通客车", "轻型普通货车", "微型面包车", "普通二轮摩托车", "重型自卸货车")
POSTS = ("法定代表人", "股东", "监事", "合作社成员")
TRADES = ("种植专业合作社", "养殖专业合作社", "商贸有限公司", "建材经营部", "运输有限公司", "农产品有限公司")
USES = ("城镇住宅", "商业服务", "办公")
EMPLOYERS = ("中心学校", "卫生院", "人民政府", "农业综合服务中心", "林业站")
STAFF = ("事业编制", "公务员", "编外聘用", "村组干部补助")
LOANS = ("扶贫小额信贷", "农户小额信用贷款", "个人经营贷款", "住房按揭贷款")


def write(chunk: Chunk) -> None:
    """The five rolls. An owner is a grown-up of the household; loans of the register stand under its head."""
    for name, columns_of in (
        ("vehicles", _vehicles),
        ("companies", _companies),
        ("real_estate", _real_estate),
        ("public_payroll", _payroll),
    ):
        rng = chunk.homes.rng(name)
        owners = _owners(chunk, rng, name)
        values = [*chunk.person_columns(owners), *columns_of(chunk, rng, owners)]
        for month in months.ROLL_MONTHS:
            chunk.write_roll(name, month, values)
    _loans(chunk)


def _owners(chunk: Chunk, rng: np.random.Generator, name: str) -> NDArray[np.int64]:
    people = chunk.people
    adult = (people.age >= 22) & (people.age < 65) & people.stays
    has = chunk.homes.chance(f"assets.{name}", rng)
    person = people.first_of_home(adult & (rng.random(people.count) < 0.6), chunk.homes.count)
    return person[has & (person >= 0)]


def _towns(chunk: Chunk, people: NDArray[np.int64]) -> NDArray[np.int32]:
    return chunk.homes.village[chunk.people.home[people]]


def _days(rng: np.random.Generator, count: int) -> NDArray[np.int64]:
    return rng.integers(months.day(2008, 1, 1), months.day(2020, 5, 1), count)


def _vehicles(chunk: Chunk, rng: np.random.Generator, owners: NDArray[np.int64]) -> list[pa.Array]:
    kind = rng.choice(len(VEHICLES), len(owners), p=[0.34, 0.16, 0.14, 0.2, 0.15, 0.01])
    return [columns.labels(VEHICLES, kind), columns.dates(_days(rng, len(owners)))]


def _companies(chunk: Chunk, rng: np.random.Generator, owners: NDArray[np.int64]) -> list[pa.Array]:
    counties = [name[:2] for name in chunk.homes.plan.counties]
    words = ("兴旺", "鑫源", "绿丰", "宏达", "山河", "富民", "金穗", "永盛", "云岭", "乡情")
    names = [f"{county}{word}{trade}" for county in counties for word in words for trade in TRADES]
    county = chunk.homes.county[chunk.people.home[owners]].astype(np.int64)
    each = len(words) * len(TRADES)
    return [
        columns.labels(names, county * each + rng.integers(0, each, len(owners))),
        columns.labels(POSTS, rng.choice(4, len(owners), p=[0.3, 0.15, 0.1, 0.45])),
        columns.dates(_days(rng, len(owners))),
    ]


def _real_estate(chunk: Chunk, rng: np.random.Generator, owners: NDArray[np.int64]) -> list[pa.Array]:
    places = [
        f"{c}{street}" for c in chunk.homes.plan.counties for street in ("县城新区", "人民路", "龙泉路", "金源大道")
    ]
    county = chunk.homes.county[chunk.people.home[owners]].astype(np.int64)
    return [
        columns.labels(places, county * 4 + rng.integers(0, 4, len(owners))),
        columns.money(rng.integers(4000, 16000, len(owners))),
        columns.labels(USES, rng.choice(3, len(owners), p=[0.86, 0.12, 0.02])),
    ]


def _payroll(chunk: Chunk, rng: np.random.Generator, owners: NDArray[np.int64]) -> list[pa.Array]:
    towns = chunk.homes.plan.villages["town_name"].to_pylist()
    names = [town + employer for employer in EMPLOYERS for town in towns]
    staff = rng.choice(4, len(owners), p=[0.35, 0.1, 0.2, 0.35])
    return [
        columns.labels(names, rng.integers(0, len(EMPLOYERS), len(owners)) * len(towns) + _towns(chunk, owners)),
        columns.labels(STAFF, staff),
    ]


def _loans(chunk: Chunk) -> None:
    rng = chunk.homes.rng("loans")
    has = chunk.homes.chance("assets.loans", rng) & (chunk.head >= 0)
    home = np.flatnonzero(has)
    on = chunk.homes.on_register[home]
    late = rng.random(len(home)) < by_register("assets.overdue", on) / by_register("assets.loans", on)
    kind = np.where(
        on, rng.choice([0, 1], len(home), p=[0.9, 0.1]), rng.choice([1, 2, 3], len(home), p=[0.6, 0.2, 0.2])
    )
    owed = np.where(kind <= 1, rng.integers(4, 51, len(home)), rng.integers(30, 300, len(home))) * 100_000
    due = months.day(2020, 7, 5) + rng.integers(0, 1000, len(home))
    due = np.where(late, months.MONTH_ENDS[0] - rng.integers(1, 200, len(home)), due)
    for month, last_day in zip(months.ROLL_MONTHS, months.MONTH_ENDS, strict=True):
        chunk.write_roll(
            "loans",
            month,
            [
                *chunk.person_columns(chunk.head[home]),
                columns.labels(LOANS, kind),
                columns.money(owed),
                columns.dates(due),
                columns.numbers(np.where(late, last_day - due, 0)),
            ],
        )
