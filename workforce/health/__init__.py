"""Health records on fewer eyes: who opens them says why, and is written down."""
