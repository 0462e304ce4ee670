"""Pages of the establishment."""
