"""Under which kinds the values of the registry have their blind indexes."""

from shouwang.office.privacy.blind import blind_index


def id_index(text: str | None) -> str:
    """Unknown: empty."""
    return blind_index("id-number", text) if text and text.strip() else ""


def phone_index(text: str | None) -> str:
    """Unknown: empty. Signs between the digits do not count."""
    digits = "".join(character for character in text or "" if character.isdigit())
    return blind_index("phone", digits) if digits else ""
