"""Consistency checks: small declared rules over the register, its lists, a run and measures."""
