"""Department files as received, their faults, doubtful matches and what people decided. Imports registry and below."""
