"""One month's screening: a folder in, a folder out."""

from shouwang.screening.run.screen import Request, screen

__all__ = ["Request", "screen"]
