"""What happens to department files on their way: slips in names and ids, and everything offices do to spreadsheets."""

from shouwang.modelcity.damage.rates import Damage

__all__ = ["Damage"]
