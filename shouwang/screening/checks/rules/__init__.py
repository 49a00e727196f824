"""The consistency rules of domain.md §4.6, by subject. Sources in brackets are those of that page."""
