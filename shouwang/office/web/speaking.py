"""The reader's language, and how it puts words together: what stands in a list, between clauses, around an aside."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from shouwang.office.audit.actor import SYSTEM


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


def who(name: str) -> str:
    """Who did something, by the name that was written down then: a person's stays, the office's own is told."""
    return _("守望") if name == SYSTEM.name else name
