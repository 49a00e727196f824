"""The department files, one module per family of departments."""
