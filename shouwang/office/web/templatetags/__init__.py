"""Components of a page, as template tags with named arguments."""
