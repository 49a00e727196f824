"""Id numbers in every form they are written in. All numbers here are made up, their check digits computed."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.terms.id_number import IdFault, IdNumber

WITH_X = "53012919900101028X"
WITH_DIGIT = "530129195912310015"


WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def with_check_digit(seventeen: str) -> str:
    """By the table of weights in GB 11643, not by the library the code under test uses."""
    total = sum(int(digit) * weight for digit, weight in zip(seventeen, WEIGHTS, strict=True))
    return seventeen + "10X98765432"[total % 11]


id_texts = st.builds(
    lambda area, birth, serial: with_check_digit(f"{area}{birth:%Y%m%d}{serial:03d}"),
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), date(2029, 12, 31)),
    st.integers(0, 999),
)


def fault(text: str) -> str:
    with pytest.raises(IdFault) as caught:
        IdNumber.parse(text)
    return str(caught.value)


FULL_WIDTH = {ord(half): ord(half) + 0xFEE0 for half in "0123456789Xx"}


@pytest.mark.parametrize(
    "written",
    [
        WITH_X,
        WITH_X.lower(),
        f"  {WITH_X}\n",
        f"'{WITH_X}",
        "530129 19900101 028X",
        "530129-19900101-028x",
        WITH_X.translate(FULL_WIDTH),
        WITH_X.lower().translate(FULL_WIDTH),
        "530129　19900101　０２８ｘ",
    ],
)
def test_every_way_of_writing_gives_the_same_number(written: str) -> None:
    assert IdNumber.parse(written).plain == WITH_X


@pytest.mark.parametrize("written", ["530129591231001", "５３０１２９５９１２３１００１", "530129 591231 001"])
def test_fifteen_digits_become_eighteen(written: str) -> None:
    assert IdNumber.parse(written).plain == WITH_DIGIT


@pytest.mark.parametrize(
    ("card", "kind", "grade"),
    [("", None, None), ("11", 1, 1), ("74", 7, 4), ("4201", 4, 2), ("3412", 3, 4), ("４２", 4, 2)],
)
def test_disability_card_adds_kind_and_grade(card: str, kind: int | None, grade: int | None) -> None:
    number = IdNumber.parse(WITH_X + card)
    assert (number.plain, number.disability_kind, number.disability_grade) == (WITH_X, kind, grade)


def test_card_and_citizen_number_of_one_person_are_equal() -> None:
    card, citizen = IdNumber.parse(WITH_X + "42"), IdNumber.parse(WITH_X)
    assert card == citizen
    assert len({card, citizen}) == 1


@pytest.mark.parametrize("card", ["01", "81", "10", "15", "X1", "1X", "42B1", "421X"])
def test_card_of_no_known_kind_or_grade_is_refused(card: str) -> None:
    assert fault(WITH_X + card) == "残疾证号的类别或等级位不符"


@pytest.mark.parametrize("text", ["", "   ", "-—/", "\n"])
def test_empty_text_is_called_empty(text: str) -> None:
    assert fault(text) == "证件号码为空"


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "12345678901234",
        "X30129591231001",
        "5301295912310014",
        WITH_X[:17],
        WITH_X + "4",
        WITH_X + "423",
        WITH_X + "42014",
    ],
)
def test_other_lengths_are_refused(text: str) -> None:
    assert fault(text) == "证件号码长度不是 15、18、20 或 22 位"


@pytest.mark.parametrize(
    "text",
    [
        "X" + WITH_X[1:],
        WITH_X[:17] + "Y",
        "53012919900101X10X",
        "五三〇一二九一九九〇〇一〇一〇一〇五",
        "٥" + WITH_X[1:],
    ],
)
def test_other_characters_are_refused(text: str) -> None:
    assert fault(text) == "证件号码含有不应有的字符"


@pytest.mark.parametrize("birth", ["19900230", "19901301", "19900100", "00000101", "20190229"])
def test_birth_date_must_exist(birth: str) -> None:
    assert fault(with_check_digit(f"530129{birth}010")) == "证件号码中的出生日期不存在"


def test_birth_date_of_fifteen_digits_must_exist() -> None:
    assert fault("530129590230001") == "证件号码中的出生日期不存在"


def test_last_of_february_exists_in_a_leap_year_only() -> None:
    assert IdNumber.parse(with_check_digit("53012920200229010")).birth_date == date(2020, 2, 29)


@pytest.mark.parametrize("last", sorted(set("0123456789X") - {"X"}))
def test_wrong_check_digit_is_refused(last: str) -> None:
    assert fault(WITH_X[:17] + last) == "证件号码校验位不符"


def test_birth_date_and_sex_are_read_from_the_number() -> None:
    assert IdNumber.parse(WITH_X).birth_date == date(1990, 1, 1)
    assert IdNumber.parse(WITH_X).is_male is False
    assert IdNumber.parse(WITH_DIGIT).is_male is True


def test_number_is_printed_masked() -> None:
    number = IdNumber.parse(WITH_X)
    assert number.masked == str(number) == f"{number}" == "530129********028X"
    assert repr(number) == "IdNumber(530129********028X)"


def test_number_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        IdNumber.parse(WITH_X).plain = WITH_DIGIT  # type: ignore[misc]


@pytest.mark.parametrize("example", ["11010519491231002X", "440524188001010014"])
def test_examples_of_the_standard_are_read(example: str) -> None:
    """Source: GB 11643-1999, the two examples of its text."""
    assert IdNumber.parse(example).plain == example


@given(id_texts)
def test_valid_number_is_read_as_it_is(text: str) -> None:
    assert IdNumber.parse(text).plain == text


@given(id_texts)
def test_no_print_ever_shows_the_middle_eight(text: str) -> None:
    number = IdNumber.parse(text)
    prints = (
        str(number),
        repr(number),
        f"{number}",
        f"{number!r:>40}",
        "".join(map(str, [number])),
        str([number]),
        str({number: 1}),
    )
    assert [shown for shown in prints if text[6:14] in shown or "********" not in shown] == []


@given(id_texts, st.integers(0, 17), st.integers(1, 9))
def test_one_wrong_digit_never_passes(text: str, place: int, shift: int) -> None:
    wrong = "0123456789X".replace(text[place], "")[shift] if place == 17 else str((int(text[place]) + shift) % 10)
    fault(text[:place] + wrong + text[place + 1 :])


@given(id_texts.filter(lambda text: text[6:8] == "19"))
def test_fifteen_digits_name_the_same_person_as_eighteen(text: str) -> None:
    assert IdNumber.parse(text[:6] + text[8:17]) == IdNumber.parse(text)


@given(id_texts, st.integers(1, 7), st.integers(1, 4), st.sampled_from(["", "00", "12"]))
def test_every_kind_and_grade_of_card_is_read(text: str, kind: int, grade: int, issue: str) -> None:
    number = IdNumber.parse(f"{text}{kind}{grade}{issue}")
    assert (number.plain, number.disability_kind, number.disability_grade) == (text, kind, grade)


no_numbers = st.one_of(
    st.text(st.characters(exclude_categories=["Nd"]), min_size=5, max_size=24),
    id_texts.map(lambda text: text[:-1] + "Y"),
    id_texts.map(lambda text: text[1:]),
    id_texts.map(lambda text: text[:10] + "13" + text[12:]),
)


@given(no_numbers)
def test_fault_never_repeats_the_text_nor_an_error_that_does(text: str) -> None:
    with pytest.raises(IdFault) as caught:
        IdNumber.parse(text)
    assert text not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
