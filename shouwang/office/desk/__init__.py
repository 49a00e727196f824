"""The composed pages: today, search, the household, the policy."""
