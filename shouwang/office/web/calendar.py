"""The day the office stands on: the one place that reads it. Everything below takes its day as an argument."""

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day in Kunming; a demo stands on the day `SHOUWANG_TODAY` says."""
    return date.fromisoformat(settings.TODAY) if settings.TODAY else timezone.localdate()
