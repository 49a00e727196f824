"""A believable city: its register, the files departments would hand in, and the truth behind them."""

from shouwang.modelcity.city import write_city

__all__ = ["write_city"]
