"""A month's department files in, explained verdicts out. No database, no web server."""
