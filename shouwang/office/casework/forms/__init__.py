"""Forms of casework: they read and check what was typed, and write nothing."""
