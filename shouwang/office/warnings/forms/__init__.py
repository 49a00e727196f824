"""Forms of the warnings room."""
