"""What is known of a person in a list: the fields that are compared, and which of them two lists share."""

from dataclasses import dataclass
from enum import StrEnum


class Script(StrEnum):
    """How most names of the lists are written."""

    HAN = "han"
    LATIN = "latin"


class Ids(StrEnum):
    """What the id numbers of the lists are."""

    NONE = "none"
    CITIZEN = "citizen"
    """Of 18 digits: area, birth date and sex can be read from it."""
    OPAQUE = "opaque"
    """Any other key: nothing can be read from it."""


@dataclass(frozen=True)
class Fields:
    """Which fields two lists share."""

    script: Script = Script.HAN
    ids: Ids = Ids.CITIZEN
    birth_date: bool = True
    sex: bool = True
    phone: bool = False
    head: bool = False
    """The name of the head of the household."""
    texts: tuple[str, ...] = ()
    """Columns of text that say where a person lives: address_1, area_1 …"""
