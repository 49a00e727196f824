"""The three families of errors and the faults they hold."""

import copy
import pickle

import pytest

from shouwang.terms.errors import DataError, Fault, ProgrammingError, UserError

COLUMN = Fault("缺少列 证件号码", "补上该列后重交", "extracts/housing/2020-06.csv")
FOLDER = Fault("没有 registry 文件夹", "先放入登记册")


def test_fault_says_where_what_and_the_cure() -> None:
    assert str(COLUMN) == "extracts/housing/2020-06.csv: 缺少列 证件号码 → 补上该列后重交"


def test_fault_without_a_place_begins_with_what_was_found() -> None:
    assert str(FOLDER) == "没有 registry 文件夹 → 先放入登记册"


def test_faults_sort_by_what_was_found() -> None:
    assert sorted([COLUMN, FOLDER]) == [FOLDER, COLUMN]


def test_user_error_is_one_line_with_its_cure() -> None:
    error = UserError("没有方案 kunming-1999", "可用: kunming-2020")
    assert (str(error), error.found, error.cure) == (
        "没有方案 kunming-1999 → 可用: kunming-2020",
        "没有方案 kunming-1999",
        "可用: kunming-2020",
    )


def test_data_error_lists_every_fault_on_its_line() -> None:
    error = DataError([COLUMN, FOLDER])
    assert error.faults == [COLUMN, FOLDER]
    assert str(error).splitlines() == [str(COLUMN), str(FOLDER)]


def test_exit_codes_are_those_of_the_command() -> None:
    assert (UserError.exit_code, DataError.exit_code) == (2, 3)
    assert not hasattr(ProgrammingError, "exit_code")


@pytest.mark.parametrize("travel", [copy.copy, lambda error: pickle.loads(pickle.dumps(error))])
def test_errors_stay_whole_on_their_way_from_another_process(travel) -> None:
    assert travel(UserError("见到", "改正")).cure == "改正"
    assert travel(DataError([COLUMN])).faults == [COLUMN]
    assert str(travel(ProgrammingError("rules.py 第 3 行"))) == "rules.py 第 3 行"
