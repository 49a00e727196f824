"""Pages of deliveries and doubtful matches."""
