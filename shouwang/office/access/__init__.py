"""Who may do what, and where: permission = role × area."""
