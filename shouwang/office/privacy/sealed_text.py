"""Text under AES-256-GCM: key number (1 byte), nonce (12), ciphertext and tag. The field's name is bound in."""

import os

from cryptography.exceptions import InvalidTag

from shouwang.office.privacy.keys import keyring
from shouwang.terms.errors import ProgrammingError

NONCE = 12


def encrypt(text: str, *, field: str) -> bytes:
    ring = keyring()
    nonce = os.urandom(NONCE)
    return bytes([ring.current]) + nonce + ring.ciphers[ring.current].encrypt(nonce, text.encode(), field.encode())


def decrypt(sealed: bytes, *, field: str) -> str:
    """Errors: `ProgrammingError` where the key is gone or the bytes are not what was written."""
    cipher = keyring().ciphers.get(sealed[0]) if sealed else None
    if cipher is None:
        raise ProgrammingError(f"{field} 所用的密钥不在钥匙串里 → 把旧密钥加回 SHOUWANG_FIELD_KEYS")
    try:
        return cipher.decrypt(sealed[1 : 1 + NONCE], sealed[1 + NONCE :], field.encode()).decode()
    except InvalidTag:
        raise ProgrammingError(f"{field} 的密文与密钥不符，或被改过 → 核对密钥，从备份恢复") from None
