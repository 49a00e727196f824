"""Blind indexes: a keyed digest by which a value is found again without being stored."""

import hashlib
import hmac

from shouwang.office.privacy.keys import keyring

BYTES = 16
"""128 bits: a chance meeting among a billion values is below one in 10^20."""


def blind_index(kind: str, text: str) -> str:
    """The digest of a value, folded as it is written: no spaces, full width made half, letters upper case. Hex."""
    folded = "".join(text.split()).translate(_HALF).upper()
    return hmac.new(keyring().index_key, f"{kind}\n{folded}".encode(), hashlib.sha256).digest()[:BYTES].hex()


_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
