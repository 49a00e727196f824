"""The reader's language, and how it puts words together: what stands in a list, between clauses, around an aside."""

from collections.abc import Iterable

from django.utils.translation import get_language


def language() -> str:
    return "en" if (get_language() or "").startswith("en") else "zh"


def listed(words: Iterable[object]) -> str:
    """`甲、乙` · `a, b`."""
    return (", " if language() == "en" else "、").join(map(str, words))


def clauses(sentences: Iterable[object]) -> str:
    """`甲；乙` · `a; b`."""
    return ("; " if language() == "en" else "；").join(map(str, sentences))


def led(head: object, text: object) -> str:
    """`甲：乙` · `a: b`."""
    return f"{head}: {text}" if language() == "en" else f"{head}：{text}"


def aside(word: object, remark: object) -> str:
    """`甲（乙）` · `a (b)`."""
    return f"{word} ({remark})" if language() == "en" else f"{word}（{remark}）"
