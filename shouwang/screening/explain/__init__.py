"""One household of a finished run explained, from nothing but what the run itself stores."""

from shouwang.screening.explain.explanation import Explanation, Missing, Reason, Said, Source, Value
from shouwang.screening.explain.household import Graded, explain, explained, policy_of
from shouwang.screening.explain.stored import Words

__all__ = [
    "Explanation",
    "Graded",
    "Missing",
    "Reason",
    "Said",
    "Source",
    "Value",
    "Words",
    "explain",
    "explained",
    "policy_of",
]
