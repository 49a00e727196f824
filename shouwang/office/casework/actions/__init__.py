"""Writes of casework; every one says by whom and on which day."""
