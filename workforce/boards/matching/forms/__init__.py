"""What is filled in about matching."""
