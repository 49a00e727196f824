"""Runs published through door A, the to-verify list, suppressions. Imports deliveries and below."""
