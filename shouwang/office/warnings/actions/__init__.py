"""What changes warnings: publishing, answering, suppressing."""
