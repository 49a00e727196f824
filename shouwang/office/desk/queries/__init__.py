"""What the composed pages gather from the rooms below."""
