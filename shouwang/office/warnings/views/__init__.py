"""Pages of runs, warnings, the to-verify list and suppressions."""
