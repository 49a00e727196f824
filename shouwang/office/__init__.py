"""The site: people, cases, pages. Rooms inside stand in the order of docs/architecture.md."""
