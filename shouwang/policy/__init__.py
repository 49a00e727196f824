"""Our rules: dated figures, dated rules beside their sentences, and the examples that show what they decide."""

from shouwang.policy.versions import load, names

__all__ = ["load", "names"]
