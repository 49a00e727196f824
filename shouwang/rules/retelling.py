"""A stored Chinese sentence told in English: the phrases of the same trees, with the figures that stand in it.

The facts of the day are not at hand wherever a sentence is; the sentence is, and it was made by `sentences`.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from shouwang.rules.phrases import Amount, ByLabel, Details, Piece, Words, tongue
from shouwang.rules.policy import Policy
from shouwang.rules.sentences import UNVERIFIED, rule_phrases
from shouwang.rules.wording import name_of

AMOUNT = r"-?[\d,.]*%?"
"""As `display.number_shown` writes it; empty where a value was unknown. The same in both languages."""
_Found = re.Match[str]
_Tells = Callable[[_Found], str]


@dataclass(frozen=True)
class _Known:
    """A phrase: how the Chinese looks, and its English from what was found in it."""

    starts: str
    looks: re.Pattern[str]
    tells: _Tells


class Retelling:
    """The English of all that the sentences of some policies can say."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        phrases: dict[str, _Known] = {}
        self._names: dict[str, str] = {}
        for policy in policies:
            for known in _phrases_of(policy):
                phrases.setdefault(known.looks.pattern, known)
            self._names |= _names_of(policy)
        self._phrases = tuple(phrases.values())

    def sentence(self, chinese: str) -> str:
        """In English. What none of the policies says stays as it stands."""
        words = UNVERIFIED["zh"]
        if chinese.startswith(words.head):
            return UNVERIFIED["en"].head + self._unverified(chinese.removeprefix(words.head))
        return tongue("en").semicolon.join(map(self._phrase, _cut(chinese)))

    def name(self, chinese: str) -> str:
        """A rule, sign, fact or national type by its English name; one that is not known stays as it stands."""
        return self._names.get(chinese, chinese)

    def _phrase(self, chinese: str) -> str:
        for known in self._phrases:
            if chinese.startswith(known.starts) and (found := known.looks.fullmatch(chinese)):
                return known.tells(found)
        return self.name(chinese)

    def _unverified(self, chinese: str) -> str:
        zh, en = UNVERIFIED["zh"], UNVERIFIED["en"]
        if chinese == zh.nothing:
            return en.nothing
        return en.semicolon.join(map(self._listed, chinese.split(zh.semicolon)))

    def _listed(self, chinese: str) -> str:
        """`迹象：甲、乙`."""
        zh, en = UNVERIFIED["zh"], UNVERIFIED["en"]
        for head, said in ((zh.signs, en.signs), (zh.unknown, en.unknown)):
            if chinese.startswith(head):
                return said + en.comma.join(map(self.name, chinese.removeprefix(head).split(zh.comma)))
        return chinese


def _names_of(policy: Policy) -> dict[str, str]:
    things = (*policy.vocabulary, *policy.derived)
    names = {name_of(thing, "zh"): name_of(thing, "en") for thing in things}
    names |= {sign.zh: sign.en for sign in policy.signs} | {rule.zh: rule.en for rule in policy.rules}
    return names | {one.label: one.en for one in policy.national_types}


def _phrases_of(policy: Policy) -> Iterator[_Known]:
    for rule in policy.rules:
        for zh, en in zip(rule_phrases(rule, "zh"), rule_phrases(rule, "en"), strict=True):
            looks, tells = _made(zh.pieces, en.pieces, count())
            yield _Known(zh.pieces[0].text if isinstance(zh.pieces[0], Words) else "", re.compile(looks), tells)


def _made(zh: Sequence[Piece], en: Sequence[Piece], marks: Iterator[int]) -> tuple[str, _Tells]:
    """What stands between the words is in the same order in both languages."""
    slots = [_slot(*pair, marks) for pair in zip(_open(zh), _open(en), strict=True)]
    looks, tells = iter([slot[0] for slot in slots]), iter([slot[1] for slot in slots])
    pattern = "".join(re.escape(piece.text) if isinstance(piece, Words) else next(looks) for piece in zh)
    told = [_plain(piece.text) if isinstance(piece, Words) else next(tells) for piece in en]
    return pattern, lambda found: "".join(tell(found) for tell in told)


def _open(pieces: Sequence[Piece]) -> list[Piece]:
    return [piece for piece in pieces if not isinstance(piece, Words)]


def _plain(text: str) -> _Tells:
    return lambda _found: text


def _slot(zh: Piece, en: Piece, marks: Iterator[int]) -> tuple[str, _Tells]:
    match zh, en:
        case Amount(), _:
            mark = f"m{next(marks)}"
            return f"(?P<{mark}>{AMOUNT})", lambda found: found[mark]
        case ByLabel(), ByLabel():
            pairs = zip(zh.pieces, en.pieces, strict=True)
            parts = [_part(ours, theirs, marks) for (_l, ours), (_m, theirs) in pairs]
            return f"(?:{'|'.join(look for look, _mark, _tell in parts)}|)", _first(parts)
    assert isinstance(zh, Details)
    assert isinstance(en, Details)
    return _details(zh, en, marks)


_Part = tuple[str, str, _Tells]
"""How one of several looks, the mark that tells whether it is there, and its English."""


def _part(zh: Sequence[Piece], en: Sequence[Piece], marks: Iterator[int]) -> _Part:
    mark = f"m{next(marks)}"
    look, tell = _made(zh, en, marks)
    return f"(?P<{mark}>{look})", mark, tell


def _first(parts: Sequence[_Part]) -> _Tells:
    return lambda found: next((tell(found) for _look, mark, tell in parts if found[mark] is not None), "")


def _details(zh: Details, en: Details, marks: Iterator[int]) -> tuple[str, _Tells]:
    parts = [_part(ours.pieces, theirs.pieces, marks) for ours, theirs in zip(zh.phrases, en.phrases, strict=True)]
    between, left, right = (re.escape(text) for text in (zh.tongue.semicolon, zh.tongue.left, zh.tongue.right))
    looks = "".join(f"(?:(?:{between})?{look})?" for look, _mark, _tell in parts)

    def tells(found: _Found) -> str:
        said = [tell(found) for _look, mark, tell in parts if found[mark] is not None]
        return f"{en.tongue.left}{en.tongue.semicolon.join(said)}{en.tongue.right}" if said else ""

    return f"(?:{left}{looks}{right})?", tells


def _cut(chinese: str) -> Iterator[str]:
    """The phrases of a sentence: cut at each semicolon that stands outside brackets."""
    words = tongue("zh")
    depth, start = 0, 0
    for at, sign in enumerate(chinese):
        depth += (sign == words.left) - (sign == words.right)
        if sign == words.semicolon and not depth:
            yield chinese[start:at]
            start = at + 1
    yield chinese[start:]
