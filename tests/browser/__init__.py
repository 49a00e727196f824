"""Journeys of every role through the site, in a real browser."""
