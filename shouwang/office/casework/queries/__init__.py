"""Reads of casework; every one takes the scope first."""
