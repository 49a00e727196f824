"""Marks of this room for templates of every room above it."""
