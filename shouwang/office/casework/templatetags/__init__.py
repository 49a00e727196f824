"""Marks of this room for its templates and those of the rooms above."""
