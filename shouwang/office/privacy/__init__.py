"""Encrypted fields, blind indexes, masks, and the deliberate act that shows a value."""
