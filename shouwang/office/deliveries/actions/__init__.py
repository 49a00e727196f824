"""What changes deliveries: handing in, receiving, settling."""
