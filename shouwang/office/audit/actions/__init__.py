"""Writes of the audit: recording an event, sealing the chain."""
