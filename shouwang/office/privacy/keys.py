"""The keyring: AES-256 keys by number, from the settings and never from the database."""

import base64
from dataclasses import dataclass
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from shouwang.terms.errors import UserError

CURE = "每行写 编号:base64 的 32 字节密钥，新的在第一行；见 docs/office/privacy.md"


@dataclass(frozen=True)
class Keyring:
    """`current` encrypts; every key decrypts."""

    current: int
    ciphers: dict[int, AESGCM]
    index_key: bytes


@cache
def keyring() -> Keyring:
    """Errors: `UserError` where a key is not readable; its message holds no part of it."""
    ciphers: dict[int, AESGCM] = {}
    numbers: list[int] = []
    for place, line in enumerate(settings.FIELD_KEYS, start=1):
        number, _, key = line.partition(":")
        raw = _decode(key)
        if not number.isdigit() or not 1 <= int(number) <= 255 or len(raw) != 32:
            raise UserError(f"字段密钥第 {place} 行读不懂", CURE)
        ciphers[int(number)] = AESGCM(raw)
        numbers.append(int(number))
    index = _decode(settings.INDEX_KEY)
    if not ciphers or len(index) != 32:
        raise UserError("没有字段密钥，或索引密钥不是 32 字节", CURE)
    return Keyring(numbers[0], ciphers, index)


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
