"""One row per household and as-of date: every fact a rule may use, each with its date and its source."""
