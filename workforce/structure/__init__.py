"""How a force is made up, kept by HR: areas, locations, units, grades, roles, funding, settings."""
