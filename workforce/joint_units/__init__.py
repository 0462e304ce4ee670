"""Units that a force runs together with another one."""
