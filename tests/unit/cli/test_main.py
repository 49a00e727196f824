"""How commands end: exit codes, one clear line, and no personal data."""

import errno
import signal

import pytest

from shouwang.cli import main as command
from shouwang.terms.errors import DataError, Fault, ProgrammingError, UserError
from tests.unit.cli.conftest import Shouwang

COMMANDS = (["city"], ["screen"], ["explain"], ["policy", "list"], ["policy", "show"], ["policy", "test"], ["demo"])


def _raises(error: BaseException) -> object:
    def app(**_: object) -> None:
        raise error

    return app


@pytest.mark.parametrize("words", [[], *COMMANDS])
def test_help_is_in_both_languages_with_an_example(shouwang: Shouwang, words: list[str]) -> None:
    answer = shouwang(*words, "--help")
    assert answer.code == 0
    chinese, english, example = [line.strip() for line in answer.out.splitlines() if line.strip()][1:4]
    assert any(ord(letter) > 0x4E00 for letter in chinese)
    assert english.isascii()
    assert example.startswith("例 Example：shouwang")


def test_unknown_command_is_the_callers_mistake(shouwang: Shouwang) -> None:
    assert shouwang("nonsense").code == 2


def test_user_error_is_one_line(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "app", _raises(UserError("没有这个", "换一个")))
    answer = shouwang()
    assert (answer.code, answer.out, answer.err) == (2, "", "没有这个 → 换一个\n")


def test_data_error_is_a_line_per_fault(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    faults = [Fault("缺一列", "补上", "a.csv"), Fault("缺一月", "补交", "b.csv")]
    monkeypatch.setattr(command, "app", _raises(DataError(faults)))
    answer = shouwang()
    assert (answer.code, answer.err) == (3, "a.csv: 缺一列 → 补上\nb.csv: 缺一月 → 补交\n")


def test_bug_shows_where_and_not_the_values(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "app", _raises(ValueError("张三 530129197001010017")))
    answer = shouwang()
    assert answer.code == 1
    assert "test_main.py" in answer.err
    assert "ValueError" in answer.err
    assert "张三" not in answer.err
    assert "5301" not in answer.err


def test_mistake_of_ours_says_what_it_is(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "app", _raises(ProgrammingError("rules.py:7: 缺参数")))
    assert "rules.py:7: 缺参数" in shouwang().err


def test_interrupt_ends_quietly(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "app", _raises(KeyboardInterrupt()))
    answer = shouwang()
    assert (answer.code, answer.err) == (130, "")


def test_interrupt_that_an_engine_turns_into_its_own_error(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    def app(**_: object) -> None:
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            raise RuntimeError("query interrupted") from None

    monkeypatch.setattr(command, "app", app)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell starts what it puts in the background without it
    answer = shouwang()
    assert (answer.code, answer.err) == (130, "")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_machine_that_refuses_is_for_the_caller_to_mend(shouwang: Shouwang, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "app", _raises(OSError(errno.ENOSPC, "No space left", "/somewhere/run")))
    answer = shouwang()
    assert (answer.code, answer.err) == (2, "run：磁盘满了 → 腾出空间再运行一次\n")
    monkeypatch.setattr(command, "app", _raises(PermissionError(errno.EACCES, "denied")))
    assert shouwang().err == "没有读写的权限 → 给予权限，或换一个文件夹\n"
