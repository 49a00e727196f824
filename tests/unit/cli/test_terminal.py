"""Chinese lines are broken where Chinese may be broken."""

from io import StringIO

import pytest
from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from shouwang.cli.terminal import NOT_FIRST, fold, say


@pytest.mark.parametrize("width", range(6, 40))
def test_fold_keeps_every_word_and_every_width(width: int) -> None:
    words = "人均参考收入 5,588.00 元/人，低于监测线 6,000.00 元/人；享受保障：低保、特困（两项）"
    lines = fold(Text(words), width)
    assert max(cell_len(line.plain) for line in lines) <= width
    assert "".join(line.plain for line in lines).replace(" ", "") == words.replace(" ", "")


def test_fold_begins_no_line_with_a_closing_mark() -> None:
    for width in range(8, 30):
        lines = fold(Text("低于监测线，而且，没有劳动力。所以（如此），须核实、帮扶、回访。"), width)
        assert all(line.plain[0] not in NOT_FIRST for line in lines[1:])


def test_word_longer_than_the_line_is_cut() -> None:
    assert [line.plain for line in fold(Text("abcdefghij"), 4)] == ["abcd", "efgh", "ij"]


def test_say_indents_following_lines() -> None:
    stream = StringIO()
    say(Console(file=stream, width=12), "一二三四五六七八", indent=4, first=2)
    assert stream.getvalue() == "  一二三四五\n    六七八\n"
