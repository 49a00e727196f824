"""Area codes: levels, parents, prefixes, and what is no code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shouwang.areas import AreaCode, AreaLevel
from shouwang.terms.errors import ProgrammingError, UserError

VILLAGE = AreaCode("530129104203")

codes = st.builds(
    AreaCode,
    st.one_of(
        st.from_regex(r"[1-9][0-9]", fullmatch=True),
        st.from_regex(r"[1-9][0-9]{3}", fullmatch=True),
        st.from_regex(r"[1-9][0-9]{5}", fullmatch=True),
        st.from_regex(r"[1-9][0-9]{8}", fullmatch=True),
        st.from_regex(r"[1-9][0-9]{11}", fullmatch=True),
    ),
)


@pytest.mark.parametrize(
    ("written", "digits", "level", "prefix"),
    [
        ("53", "530000000000", AreaLevel.PROVINCE, "53"),
        ("50", "500000000000", AreaLevel.PROVINCE, "50"),
        ("5301", "530100000000", AreaLevel.CITY, "5301"),
        ("530129", "530129000000", AreaLevel.COUNTY, "530129"),
        ("530110", "530110000000", AreaLevel.COUNTY, "530110"),
        ("530129104", "530129104000", AreaLevel.TOWN, "530129104"),
        ("530129100", "530129100000", AreaLevel.TOWN, "530129100"),
        ("530129104203", "530129104203", AreaLevel.VILLAGE, "530129104203"),
        ("530129104200", "530129104200", AreaLevel.VILLAGE, "530129104200"),
        ("530129000000", "530129000000", AreaLevel.COUNTY, "530129"),
    ],
)
def test_code_is_padded_and_knows_its_level(written: str, digits: str, level: AreaLevel, prefix: str) -> None:
    code = AreaCode(written)
    assert (str(code), code.level, code.prefix) == (digits, level, prefix)


def test_parents_lead_up_to_the_province() -> None:
    chain = []
    code: AreaCode | None = VILLAGE
    while code is not None:
        chain.append(code.prefix)
        code = code.parent
    assert chain == ["530129104203", "530129104", "530129", "5301", "53"]


def test_parent_of_a_town_directly_under_a_city_is_the_city() -> None:
    assert AreaCode("441900003").parent == AreaCode("4419")


def test_county_and_town_of_a_village() -> None:
    assert (VILLAGE.county, VILLAGE.town) == (AreaCode("530129"), AreaCode("530129104"))


def test_county_of_a_county_is_itself() -> None:
    assert VILLAGE.county.county == VILLAGE.county


@pytest.mark.parametrize(("code", "wanted"), [("5301", "county"), ("53", "county"), ("530129", "town")])
def test_asking_above_the_own_level_is_a_programming_error(code: str, wanted: str) -> None:
    with pytest.raises(ProgrammingError, match=f"{code}.*→ 先看 level 再取"):
        getattr(AreaCode(code), wanted)


@pytest.mark.parametrize(
    "written", ["", "5", "530", "53012", "5301291", "5301291042030", "53012X", "５３０１２９", "530129 ", "二三"]
)
def test_text_of_another_form_is_refused(written: str) -> None:
    with pytest.raises(UserError, match=r"区划代码应为 2、4、6、9 或 12 位半角数字.*→ 请填"):
        AreaCode(written)


def test_province_zero_is_refused() -> None:
    with pytest.raises(UserError, match="前两位（省）是 00"):
        AreaCode("001234")


def test_message_never_holds_the_text() -> None:
    with pytest.raises(UserError) as caught:
        AreaCode("53012919900307123X")
    assert "19900307" not in str(caught.value)
    assert "18 个字符" in str(caught.value)


def test_code_contains_itself_and_what_is_inside_only() -> None:
    county = AreaCode("530129")
    assert [county.contains(AreaCode(c)) for c in ("530129", "530129104", "530129104203", "530128104", "5301")] == [
        True,
        True,
        True,
        False,
        False,
    ]


@given(codes)
def test_every_code_can_be_read_again_from_text_and_from_prefix(code: AreaCode) -> None:
    assert AreaCode(str(code)) == code
    assert AreaCode(code.prefix) == code


@given(codes)
def test_every_parent_contains_its_child_sorts_before_it_and_is_higher(code: AreaCode) -> None:
    parent = code.parent
    if code.level is AreaLevel.PROVINCE:
        assert parent is None
    else:
        assert parent is not None
        assert parent.contains(code)
        assert not code.contains(parent)
        assert parent < code
        assert parent.level < code.level


def line_of(code: AreaCode) -> set[AreaCode]:
    return {code} if code.parent is None else {code, *line_of(code.parent)}


@given(codes, codes, st.data())
def test_one_contains_the_other_exactly_when_it_stands_in_its_line(
    code: AreaCode, stranger: AreaCode, data: st.DataObject
) -> None:
    one = data.draw(st.sampled_from(sorted({*line_of(code), *line_of(stranger)})))
    assert one.contains(code) == (one in line_of(code))
