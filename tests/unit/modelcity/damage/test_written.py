"""Every way of writing a value says the value and nothing else."""

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest

from shouwang.modelcity.damage import unseen, written_dates, written_numbers, written_people
from shouwang.modelcity.damage.spellings import words

DAYS = [date(2019, 1, 1) + timedelta(days=n) for n in range(0, 730, 3)] + [date(1999, 10, 10), date(2020, 2, 29)]
AMOUNTS = [0, 1, 10, 99, 100, 123456, 99_999_999, 30_000_000, 5_000_000_000, 123_450]
HALF = str.maketrans("０１２３４５６７８９－．，／", "0123456789-.,/")


def test_form_of_a_date_stands_under_what_it_writes() -> None:
    assert {form: write(date(2020, 6, 18)) for form, write in written_dates.FORMS.items()} == {
        form: form for form in written_dates.FORMS
    }
    assert len(written_dates.FORMS) >= 8


@pytest.mark.parametrize("form", [f for f in written_dates.FORMS if "〇" not in f])
def test_dates_in_digits_say_year_month_and_day(form: str) -> None:
    for day in DAYS:
        text = written_dates.FORMS[form](day).translate(HALF)
        found = re.match(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})", text)
        assert found
        assert tuple(map(int, found.groups())) == (day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2020, 10, 1), "二〇二〇年十月一日"),
        (date(2019, 12, 31), "二〇一九年十二月三十一日"),
        (date(2020, 2, 20), "二〇二〇年二月二十日"),
        (date(2018, 11, 10), "二〇一八年十一月十日"),
        (date(2005, 1, 25), "二〇〇五年一月二十五日"),
    ],
)
def test_dates_in_characters_are_as_spoken(day: date, said: str) -> None:
    assert written_dates.FORMS["二〇二〇年六月十八日"](day) == said


@pytest.mark.parametrize("form", list(written_numbers.MONEY))
def test_amounts_are_exact_in_every_form(form: str) -> None:
    for fen in AMOUNTS:
        text = written_numbers.MONEY[form](fen).translate(HALF)
        number = Decimal(re.sub("[￥,元万亿]", "", text))
        factor = 100_000_000 if "亿" in text else 10_000 if "万" in text else 1
        assert number * factor == Decimal(fen) / 100


def test_amounts_under_a_unit_of_the_header_are_exact() -> None:
    for fen in AMOUNTS:
        assert Decimal(written_numbers.IN_HEADER["元"](fen)) * 100 == fen
        assert Decimal(written_numbers.IN_HEADER["万元"](fen)) * 1_000_000 == fen


def test_forms_of_amounts_look_like_their_examples() -> None:
    said = [write(123_400) for write in written_numbers.MONEY.values()]
    assert said[:-2] == ["1234.00", "1234", "1,234.00", "1234.00元", "￥1,234.00", "0.1234万元", "0.1234万"]
    assert said[-2:] == ["1234元", "１２３４．００"]  # 0.00001234亿元 has too many decimals
    assert written_numbers.MONEY["0.0005亿元"](5_000_000) == "0.0005亿元"


def test_counts_say_their_number() -> None:
    assert [write(12) for write in written_numbers.counts("天").values()] == ["12", "12.0", "１２", "12天"]
    assert [write(12) for write in written_numbers.counts("").values()] == ["12", "12.0", "１２"]


def test_ids_in_other_forms_are_the_same_ids() -> None:
    said = {form: write("53012819650412123X") for form, write in written_people.IDS.items()}
    assert said == {
        "lower_case_x": "53012819650412123x",
        "full_width_id": "５３０１２８１９６５０４１２１２３Ｘ",
        "spaced_id": "530128 19650412 123X",
        "fifteen_digits": "530128650412123",
        "card_of_22_digits": "53012819650412123X",
    }
    assert written_people.IDS["fifteen_digits"]("530128201504121234") == "530128201504121234"
    assert written_people.IDS["card_of_22_digits"]("53012819650412123X42") == "53012819650412123X4201"
    assert written_people.TEXT_FILE_IDS["id_as_formula"]("1") == '="1"'


def test_names_in_other_forms_are_the_same_names() -> None:
    assert [write("王伟") for write in written_people.NAMES.values()] == ["王　伟", "王伟"]
    assert [write("普文华") for write in written_people.NAMES.values()] == ["普文华", "普·文华"]


@pytest.mark.parametrize("part", ["BLANKS", "INVISIBLE", "APOSTROPHE", "LINE_BREAKS", "BREAKS_WITHIN"])
def test_what_nobody_sees_leaves_the_word(part: str) -> None:
    for write in getattr(unseen, part).values():
        text = write("慢性阻塞")
        assert text != "慢性阻塞"
        assert re.sub("[\\s\u200b\ufeff\u202c\u202d\u00a0']", "", text) == "慢性阻塞"


def test_every_label_has_its_own_spelling_first_and_shares_none() -> None:
    for header, labels in words("labels").items():
        spelled = [str(word) for options in labels.values() for word in options]
        assert len(spelled) == len(set(spelled)), header
        assert [options[0] for options in labels.values()] == list(labels)
