"""Reads of deliveries and doubtful matches."""
