"""Forms of the deliveries room."""
