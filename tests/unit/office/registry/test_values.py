"""The text of a value is the same in Python and in DuckDB, and back."""

import duckdb
import pytest

from shouwang.office.registry.evidence import SPECS
from shouwang.office.registry.values import from_text, sql_text, to_text
from shouwang.terms.errors import UserError

CASES = [
    ("net_income", -1_234_05), ("net_income", 0), ("net_income", 5), ("labour_units", 3), ("labour_units", 4),
    ("idle_months", 7), ("water_safe", True), ("water_safe", False), ("housing_grade", "D"), ("support", "低保、特困"),
    ("support", ""), ("net_income", None), ("water_safe", None), ("labour_units", None),
]  # fmt: skip


@pytest.mark.parametrize(("fact", "value"), CASES)
def test_text_is_the_same_in_sql_and_back(fact, value):
    spec = SPECS[fact]
    text = to_text(spec, value)
    with duckdb.connect() as con:
        found = con.execute(f"SELECT {sql_text(spec, 'v')} FROM (SELECT ? AS v)", [value]).fetchall()[0][0]
    assert (found, from_text(spec, text)) == (text, value)


def test_value_that_cannot_be_is_told_in_the_name_of_the_fact():
    with pytest.raises(UserError) as told:
        from_text(SPECS["medical_spending"], "-9e99")
    assert (told.value.found, told.value.cure) == ("医疗自付不能这样写", "写零或正数，至多两位小数，例如 24000.50")
    with pytest.raises(UserError) as told:
        from_text(SPECS["labour_units"], "很多")
    assert (told.value.found, told.value.cure) == ("劳动力不能这样写", "写零或正数，例如 2")
