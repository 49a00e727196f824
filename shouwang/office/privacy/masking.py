"""What is shown instead of a value."""


def mask_id(text: str | None) -> str:
    """530113********2417: area and the last four. Unknown: empty."""
    return (
        "" if not text else text[:6] + "*" * max(len(text) - 10, 4) + text[-4:] if len(text) > 10 else "*" * len(text)
    )


def mask_phone(text: str | None) -> str:
    """138****5678. Unknown: empty."""
    return "" if not text else text[:3] + "****" + text[-4:] if len(text) >= 9 else "*" * len(text)


def mask_account(text: str | None) -> str:
    """The last four digits. Unknown: empty."""
    return "" if not text else "*" * max(len(text) - 4, 4) + text[-4:]


def mask_name(name: str) -> str:
    """王○明: for sheets that hang in the village. One or two characters keep the first."""
    if len(name) <= 2:
        return name[:1] + "○"
    return name[0] + "○" * (len(name) - 2) + name[-1]
