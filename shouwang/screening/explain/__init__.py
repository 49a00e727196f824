"""One household of a finished run explained, from nothing but what the run itself stores."""

from shouwang.screening.explain.explanation import Explanation, Missing, Reason, Said, Source, Value
from shouwang.screening.explain.household import explain, policy_of

__all__ = ["Explanation", "Missing", "Reason", "Said", "Source", "Value", "explain", "policy_of"]
