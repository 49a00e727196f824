"""A believable city: its register, the files departments would hand in, and the truth behind them."""

from shouwang.modelcity.city import write_city
from shouwang.modelcity.damage.rates import Damage, asked

__all__ = ["Damage", "asked", "write_city"]
