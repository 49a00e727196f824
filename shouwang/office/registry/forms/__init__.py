"""What is typed on the pages of the registry, checked; nothing is written here."""
