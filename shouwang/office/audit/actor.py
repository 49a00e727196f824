"""Who acts: plain text, so that an event can be read when the account is long gone."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """A person in one role over one area. `area_code` is a code prefix: 5301 the city, 530113 a county, …"""

    user_id: str
    name: str
    role: str
    area_code: str


SYSTEM = Actor(user_id="system", name="守望", role="system", area_code="")
"""What the office does by itself: clocks, sealing, loading."""
