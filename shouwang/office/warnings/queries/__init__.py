"""Reads of runs, warnings and the to-verify list."""
