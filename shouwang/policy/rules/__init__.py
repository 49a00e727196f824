"""Our rules: every one a dated function; a changed rule is a new function, the old one stays."""
