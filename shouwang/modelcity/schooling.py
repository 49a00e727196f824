"""Schooling of people in the school year 2019/20: grade, labels, and what grown-ups once finished."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shouwang.modelcity import months

EDUCATION = ("文盲或半文盲", "小学", "初中", "高中", "大专", "本科及以上")
IN_SCHOOL = (
    *("学龄前儿童", "学前教育", "小学", "七年级", "八年级", "九年级"),
    *("普通高中一年级", "普通高中二年级", "普通高中三年级", "中职一年级", "中职二年级", "中职三年级"),
    *("高职高专一年级", "高职高专二年级", "高职高专三年级", "本科一年级", "本科二年级", "本科三年级", "本科四年级"),
)
_FIRST_OF_SENIOR, _FIRST_OF_VOCATIONAL, _FIRST_OF_COLLEGE, _FIRST_OF_UNIVERSITY = 6, 9, 12, 15


@dataclass
class Schooling:
    """Shape: one entry per person."""

    grade: NDArray[np.int64]
    """1–9 compulsory, 10–12 senior, 13–16 college; 0 and below before school (0: starts in September 2020)."""
    is_pupil: NDArray[np.bool_]
    """In kindergarten, school or vocational school: has a row on the school roll."""
    is_student: NDArray[np.bool_]
    """At college or university: no row on the roll of the city."""
    is_vocational: NDArray[np.bool_]
    education: NDArray[np.int8]
    """Index of EDUCATION, -1 for those in school."""
    in_school: NDArray[np.int8]
    """Index of IN_SCHOOL, -1 for those not in school."""
    is_homebound: NDArray[np.bool_]
    """A child whose health does not let it go to school."""

    def drop_out(self, who: NDArray[np.int64]) -> None:
        """These people are out of school at the end of the model."""
        self.is_pupil[who] = False
        self.in_school[who] = -1
        self.education[who] = np.where(self.grade[who] >= 7, 1, 0)


def draw(
    rng: np.random.Generator,
    birth: NDArray[np.int64],
    age: NDArray[np.int64],
    *,
    on_register: NDArray[np.bool_],
    homebound: NDArray[np.bool_],
) -> Schooling:
    """Everybody from 6 to 15 goes to school; before and after, shares by age."""
    grade = months.ages(birth, months.day(2019, 8, 31)) - 5
    drawn = rng.random(len(birth))
    compulsory = (grade >= 1) & (age < 16) | (grade >= 1) & (grade <= 9)
    nursery = (grade <= 0) & ((age >= 6) | ((grade >= -2) & (drawn < np.where(grade == -2, 0.72, 0.93))))
    senior = (grade >= 10) & (grade <= 12) & (drawn < np.where(on_register, 0.84, 0.86))
    pupil = compulsory | nursery | senior
    student = (grade >= 13) & (grade <= 16) & (drawn < np.where(on_register, 0.30, 0.40))
    vocational = (drawn * 7919) % 1 < 0.45
    student &= ~vocational | (grade <= 15)
    in_school = _in_school(grade, pupil, student, vocational)
    in_school = np.where((in_school < 0) & (age < 6), 0, in_school)
    education = np.where(in_school >= 0, -1, _education(rng, months.years_of(birth)))
    education = np.where((education >= 0) & (age < 20), np.where(age < 18, 2, np.maximum(education, 2)), education)
    return Schooling(
        grade, pupil, student, vocational, education.astype(np.int8), in_school.astype(np.int8), homebound & compulsory
    )


def _in_school(
    grade: NDArray[np.int64], pupil: NDArray[np.bool_], student: NDArray[np.bool_], vocational: NDArray[np.bool_]
) -> NDArray[np.int64]:
    senior = np.where(vocational, _FIRST_OF_VOCATIONAL, _FIRST_OF_SENIOR) + grade - 10
    higher = np.where(vocational, _FIRST_OF_COLLEGE, _FIRST_OF_UNIVERSITY) + grade - 13
    school = np.select([grade <= 0, grade <= 6, grade <= 9], [1, 2, grade - 4], senior)
    return np.where(pupil, school, np.where(student, higher, -1))


def _education(rng: np.random.Generator, born: NDArray[np.int64]) -> NDArray[np.int64]:
    """The school a grown-up finished, by year of birth; shares invented."""
    shares = np.array(
        [
            [0.55, 0.38, 0.06, 0.01, 0.0, 0.0],
            [0.22, 0.52, 0.22, 0.04, 0.0, 0.0],
            [0.08, 0.46, 0.38, 0.07, 0.01, 0.0],
            [0.02, 0.27, 0.56, 0.10, 0.04, 0.01],
            [0.005, 0.09, 0.565, 0.19, 0.10, 0.05],
        ]
    )
    band = np.searchsorted([1948, 1962, 1975, 1988], born, side="right")
    sums = np.cumsum(shares, axis=1)[band]
    return (rng.random(len(born))[:, None] > sums[:, :-1]).sum(axis=1)
