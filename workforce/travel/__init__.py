"""How long it takes from one of the force's locations to another."""
