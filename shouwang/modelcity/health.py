"""Health, disability and labour of people, by age and register."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity.parameters import figure

HEALTH = ("健康", "长期慢性病", "患有大病", "残疾", "长期慢性病，残疾")
LABOUR = ("普通劳动力", "技能劳动力", "弱劳动力或半劳动力", "丧失劳动力", "无劳动力")
ORDINARY, SKILLED, WEAK, LOST, NONE = range(5)
HALF_UNITS = np.array([2, 2, 1, 0, 0])
"""Labour units in halves, by label."""


@dataclass
class Body:
    """Shape: one entry per person. `grade` is 0 for people without a disability card."""

    health: NDArray[np.int8]
    kind: NDArray[np.int8]
    grade: NDArray[np.int8]
    is_homebound: NDArray[np.bool_]
    labour: NDArray[np.int8] = field(init=False)

    @property
    def is_chronic(self) -> NDArray[np.bool_]:
        return (self.health == 1) | (self.health == 4)

    @property
    def is_able(self) -> NDArray[np.bool_]:
        return self.labour <= WEAK

    def set_labour(
        self,
        rng: np.random.Generator,
        age: NDArray[np.int64],
        *,
        at_school: NDArray[np.bool_],
        on_register: NDArray[np.bool_],
    ) -> None:
        """Give everybody one of LABOUR: nobody under 16 works, nobody healthy of working age is without labour."""
        drawn = rng.random(len(age))
        severe = (self.grade == 1) | (self.grade == 2)
        ill = self.health == 2
        skilled = (age < 56) & (drawn < np.where(on_register, 0.12, 0.2)) & (self.health == 0)
        weak = (self.grade >= 3) | ill | (self.is_chronic & (age >= 50)) | ((age >= 60) & (drawn < 0.7)) | (age >= 65)
        out = np.where(skilled, SKILLED, ORDINARY)
        out = np.where(weak, WEAK, out)
        out = np.where((age >= 68) & (drawn < 0.65), NONE, out)
        out = np.where((age >= 74) | (age < 16), NONE, out)
        out = np.where((severe | (ill & (drawn < 0.2))) & (age >= 16), LOST, out)
        self.labour = np.where(at_school & (age >= 16) & (self.health == 0), ORDINARY, out).astype(np.int8)

    def make_unable(self, who: NDArray[np.bool_]) -> None:
        """The old who die had not worked any more."""
        self.labour[who] = LOST

    def make_able(self, who: NDArray[np.bool_]) -> None:
        """Earners are healthy and of ordinary labour."""
        self.health[who], self.grade[who], self.kind[who], self.labour[who] = 0, 0, 0, ORDINARY


def draw(rng: np.random.Generator, age: NDArray[np.int64], *, on_register: NDArray[np.bool_]) -> Body:
    """Illness and disability of each person; labour is set once schooling is known."""
    band = np.searchsorted([16, 45, 60], age, side="right")
    has = {}
    for what in ("chronic", "serious", "disabled"):
        table = figure(f"health.{what}")
        chance = np.where(on_register, np.array(table["registered"])[band], np.array(table["general"])[band])
        has[what] = rng.random(len(age)) < chance
    out = np.select(
        [has["serious"], has["disabled"] & has["chronic"], has["disabled"], has["chronic"]], [2, 4, 3, 1], 0
    ).astype(np.int8)
    disabled = (out == 3) | (out == 4)
    grade = 1 + rng.choice(4, len(age), p=figure("health.grades"))
    kind = 1 + rng.choice(7, len(age), p=figure("health.disability_kinds"))
    homebound = disabled & (grade == 1) & (age < 16) & (rng.random(len(age)) < 0.5)
    return Body(
        out, np.where(disabled, kind, 0).astype(np.int8), np.where(disabled, grade, 0).astype(np.int8), homebound
    )
