"""Reads of reports: figures of areas, never a household and never a name."""
