"""What the screening stored in Chinese, in the reader's language: its sentences, and the names a policy gives.

Asked of the words themselves, so that a list of fifty needs no more than the rows it shows.
"""

from functools import cache

from shouwang.office.web.speaking import language
from shouwang.policy import load, names
from shouwang.rules.retelling import Retelling


def told(sentence: str) -> str:
    """A sentence of the screening. What no installed policy says stays as it was stored."""
    return _english().sentence(sentence) if sentence and language() == "en" else sentence


def named(chinese: str) -> str:
    """A national type, rule or sign by its name."""
    return _english().name(chinese) if chinese and language() == "en" else chinese


@cache
def _english() -> Retelling:
    """The newest policy speaks first."""
    return Retelling(load(name) for name in reversed(list(names())))
