"""One form for what people write in several."""

import pytest

from shouwang.terms.writing import INVISIBLE, plain, traditional, unseen_removed


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("　参\u00a0保 \r\n", "参保"),
        ("參保", "参保"),
        ("Ａ級", "a级"),
        (f"正{INVISIBLE}常", "正常"),
        ("（１２）", "(12)"),
        ("", ""),
    ],
)
def test_plain(text: str, expected: str) -> None:
    assert plain(text) == expected


def test_unseen_removed_leaves_characters_as_written() -> None:
    assert unseen_removed(" 參\u200b保Ｘ") == "參保X"


def test_traditional_has_as_many_characters() -> None:
    assert traditional("参保万亿级学") == "參保萬億級學"
