"""Id numbers of people: read in every form they are written in, printed masked."""

import unicodedata
from dataclasses import dataclass, field
from datetime import date

from stdnum.cn import ric


class IdFault(ValueError):  # noqa: N818  named as the other faults of data are
    """Why a text is no id number. The message never holds the text."""


def _normal(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(c for c in folded if c.isalnum())


def _check_digit(seventeen: str) -> str:
    digit: str = ric.calc_check_digit(seventeen + "0")  # stdnum wants all 18 characters and passes over the last
    return digit


FIRST_YEAR, LAST_YEAR = "1900", "2099"
"""Of births that a repair may say."""


def repairs(text: str) -> frozenset[str]:
    """Every valid 18-character id one slip away: one character mistyped, two neighbours swapped.

    Unknown: empty where the text is valid, has not 18 characters, or no repair holds. A repair is a suggestion; only a
    person decides that it is the right one.
    """
    written = _normal(text)
    if len(written) != 18 or is_valid(written):
        return frozenset()
    mistyped = {
        written[:n] + c + written[n + 1 :] for n in range(18) for c in ("0123456789X" if n == 17 else "0123456789")
    }
    swapped = {written[:n] + written[n + 1] + written[n] + written[n + 2 :] for n in range(17)}
    return frozenset(text for text in mistyped | swapped if is_valid(text) and FIRST_YEAR <= text[6:10] <= LAST_YEAR)


def is_valid(text: str) -> bool:
    """Whether a text is an 18-character id with a check digit and a birth date that hold."""
    try:
        return IdNumber.parse(text).plain == text
    except IdFault:
        return False


def _birth_date(digits: str) -> date:
    try:
        return date(int(digits[6:10]), int(digits[10:12]), int(digits[12:14]))
    except ValueError:
        raise IdFault("证件号码中的出生日期不存在") from None


@dataclass(frozen=True, repr=False)
class IdNumber:
    """An 18-digit citizen id with a valid check digit (GB 11643). Prints masked."""

    plain: str
    disability_kind: int | None = field(default=None, compare=False)
    """1–7 where the text was a 20- or 22-digit disability card, else unknown."""
    disability_grade: int | None = field(default=None, compare=False)
    """1 (severest) – 4 where the text was a disability card, else unknown."""

    @classmethod
    def parse(cls, text: str) -> "IdNumber":
        """Read 15, 18, 20 or 22 characters, full-width or lower-case x too. Errors: `IdFault` with the reason."""
        written = _normal(text)
        if not written:
            raise IdFault("证件号码为空")
        if len(written) == 15 and written.isascii() and written.isdigit():
            seventeen = written[:6] + "19" + written[6:]
            written = seventeen + _check_digit(seventeen)
        card, written = written[18:], written[:18]
        if len(card) not in (0, 2, 4) or len(written) != 18:
            raise IdFault("证件号码长度不是 15、18、20 或 22 位")
        if not (written[:17].isascii() and written[:17].isdigit() and written[17] in "0123456789X"):
            raise IdFault("证件号码含有不应有的字符")
        _birth_date(written)
        if _check_digit(written[:17]) != written[17]:
            raise IdFault("证件号码校验位不符")
        return cls(written, *cls._card(card))

    @staticmethod
    def _card(card: str) -> tuple[int | None, int | None]:
        if not card:
            return None, None
        if not (card.isascii() and card.isdigit() and "1" <= card[0] <= "7" and "1" <= card[1] <= "4"):
            raise IdFault("残疾证号的类别或等级位不符")
        return int(card[0]), int(card[1])

    @property
    def birth_date(self) -> date:
        return _birth_date(self.plain)

    @property
    def is_male(self) -> bool:
        return int(self.plain[16]) % 2 == 1

    @property
    def masked(self) -> str:
        return f"{self.plain[:6]}********{self.plain[-4:]}"

    def __str__(self) -> str:
        return self.masked

    def __repr__(self) -> str:
        return f"IdNumber({self.masked})"
