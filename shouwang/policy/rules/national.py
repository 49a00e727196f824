"""National monitoring types: a second dimension beside the level; of several the first that is true counts."""

from shouwang.policy.rules.hardship import sudden_hardship
from shouwang.rules.definitions import national_type
from shouwang.rules.household import Figures, Household


@national_type(label="脱贫不稳定户", en="exited but unstable", since="2020-06-01")
def exited_unstable(h: Household, p: Figures) -> object:
    """Exited from the register, reference income under the monitoring line. Source: 国开发〔2020〕6号。"""
    return h.register.is_in("exited") & (h.reference_income < h.monitoring_line)


@national_type(label="边缘易致贫户", en="on the edge of poverty", since="2020-06-01")
def on_the_edge(h: Household, p: Figures) -> object:
    """Never on the register, reference income under the monitoring line. Source: 国开发〔2020〕6号。"""
    return h.register.is_in("general") & (h.reference_income < h.monitoring_line)


@national_type(label="突发严重困难户", en="in sudden serious hardship", since="2021-01-01")
def in_sudden_hardship(h: Household, p: Figures) -> object:
    """In sudden hardship with reference income at or above the line. Source: 中农组发〔2021〕7号。"""
    return sudden_hardship(h, p) & (h.reference_income >= h.monitoring_line)
