"""Who saw and did what, when, in which role: append-only, hash-chained, provable offline."""
