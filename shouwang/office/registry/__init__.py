"""The register as people work with it: households, people, who lives where since when, facts with source and date."""
