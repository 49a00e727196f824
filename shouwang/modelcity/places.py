"""Where the households live: counties by published counts, villages by an invented size."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from shouwang.areas import kunming
from shouwang.modelcity.names import ETHNIC
from shouwang.modelcity.parameters import figure


@dataclass(frozen=True)
class Plan:
    """Who lives where. Shape: one entry per household of the city, in order of village."""

    seed: int
    villages: pa.Table
    """The rural villages: code, county_name, town_name, village_name, county (index of `counties`)."""
    counties: tuple[str, ...]
    county_codes: tuple[str, ...]
    ethnic: NDArray[np.float64]
    """Shape: one row per village, the running sum of the shares of names.ETHNIC."""
    village: NDArray[np.int32]
    on_register: NDArray[np.bool_]

    @property
    def households(self) -> int:
        return len(self.village)


def shares_of(total: int, weights: NDArray[np.float64], *, least: int = 0) -> NDArray[np.int64]:
    """Whole numbers that add up to the total, as near to the weights as can be (largest remainder).

    None with a weight is below `least`; what that takes, the greatest gives.
    """
    exact = weights / weights.sum() * total
    whole = np.floor(exact + 1e-9).astype(np.int64)
    whole[np.argsort(whole - exact, kind="stable")[: int(total - whole.sum())]] += 1
    missing = np.where(weights > 0, np.maximum(least - whole, 0), 0)
    whole[np.argmax(whole)] -= missing.sum()
    return whole + missing


def _rural_villages() -> pa.Table:
    table = kunming().villages_table()
    return table.filter(pc.fill_null(table["is_rural"], False)).sort_by("code").replace_schema_metadata(None)


def plan(households: int, seed: int) -> Plan:
    """Give every household a village and say whether it is on the register."""
    rng = np.random.default_rng([seed, 0, 1])
    villages = _rural_villages()
    names = villages["county_name"].to_pylist()
    counties = tuple(dict.fromkeys(names))
    county = np.array([counties.index(name) for name in names])
    size = rng.lognormal(0.0, 0.35, len(names))
    known = figure("counties")
    registered = round(households * figure("population.registered_share"))
    parts = []
    for weight, total, least in (("registered", registered, 1), ("rural", households - registered, 0)):
        weights = np.array([known.get(name, {}).get(weight, 0) for name in counties], np.float64)
        of_county = shares_of(total, weights, least=least)
        parts.append(np.concatenate([_spread(rng, n, size, county == c) for c, n in enumerate(of_county)]))
    village = np.concatenate(parts)
    on_register = np.repeat([True, False], [len(part) for part in parts])
    order = np.argsort(village + rng.random(len(village)), kind="stable")
    codes = villages["code"].to_pylist()
    county_codes = tuple(codes[names.index(name)][:6] for name in counties)
    with_county = villages.append_column("county", pa.array(county, pa.int16()))
    return Plan(
        seed=seed,
        villages=with_county,
        counties=counties,
        county_codes=county_codes,
        ethnic=_ethnic(np.random.default_rng([seed, 0, 3]), names),
        village=village[order].astype(np.int32),
        on_register=on_register[order],
    )


def _ethnic(rng: np.random.Generator, county_names: list[str]) -> NDArray[np.float64]:
    """Shares of each village around those of its county, far apart from village to village."""
    table = figure("ethnic")
    shares = np.zeros((len(county_names), len(ETHNIC)))
    for village, county in enumerate(county_names):
        for group, share in table.get(county, table["else"]).items():
            shares[village, ETHNIC.index(group)] = share
    shares[:, 0] = 1 - shares.sum(axis=1)
    drawn = rng.standard_gamma(shares * table["togetherness"])
    return np.cumsum(drawn / drawn.sum(axis=1, keepdims=True), axis=1)


def _spread(
    rng: np.random.Generator, total: int, size: NDArray[np.float64], mine: NDArray[np.bool_]
) -> NDArray[np.int64]:
    weights = np.where(mine, size, 0.0)
    return np.repeat(np.arange(len(size)), rng.multinomial(total, weights / weights.sum()))
