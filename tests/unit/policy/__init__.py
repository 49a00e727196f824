"""Tests of our rules as dated policy."""
