"""Forms of the pages that belong to no subject: what was typed, checked."""
