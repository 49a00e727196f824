"""The five warning levels. Keys are the numbers; numeral and colour are presentation only."""

from enum import IntEnum


class Level(IntEnum):
    """Ⅰ is the most urgent. What a level means is said by the policy, not here."""

    I = 1  # noqa: E741  the numeral is the name
    II = 2
    III = 3
    IV = 4
    V = 5

    @property
    def numeral(self) -> str:
        return "ⅠⅡⅢⅣⅤ"[self - 1]

    @property
    def colour_zh(self) -> str:
        return "红蓝紫黄绿"[self - 1]

    @property
    def colour(self) -> str:
        """A name for the terminal and for style sheets."""
        return ("red", "blue", "magenta", "yellow", "green")[self - 1]

    @property
    def is_warning(self) -> bool:
        """Ⅰ–Ⅳ are warned households; Ⅴ is not (the published counts hold Ⅰ–Ⅳ only)."""
        return self <= Level.IV
