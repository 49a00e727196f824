"""Settings of the office: read once from the environment, handed down as plain values."""
