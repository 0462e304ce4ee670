"""Pages of imports: what is shown of one, and the steps that take it on."""
