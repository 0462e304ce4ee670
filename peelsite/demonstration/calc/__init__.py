"""The demonstration force worked out on paper: no Django here, and the same seed gives the same force."""
