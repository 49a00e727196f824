"""守望: keep watch, so that no rural household falls back into poverty unnoticed."""

__version__ = "0.1.0"
