"""Department files handed in: judged in seconds, kept as delivered, put in their place, and answered."""

from shouwang.screening.receiving.receive import Request, receive
from shouwang.screening.receiving.verdict import ACCEPTED, KNOWN, REFUSED, Verdict

__all__ = ["ACCEPTED", "KNOWN", "REFUSED", "Request", "Verdict", "receive"]
