"""Writes of accounts and roles."""
