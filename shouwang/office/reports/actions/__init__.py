"""Writes of reports: the counts kept ready."""
