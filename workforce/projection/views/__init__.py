"""Pages of projections."""
