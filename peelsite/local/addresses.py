"""Where the database and Redis are, asked before Django is set up."""

import json
import os
from pathlib import Path

ADDRESSES_FILE = Path(__file__).resolve().parent.parent.parent / "data" / "addresses.json"

NO_SERVER = (
    "No {what}: set {variable}, or start the site with `make run`, which starts the embedded servers "
    "and leaves their addresses in data/addresses.json."
)


def database_url() -> str:
    """The PostgreSQL URL: DATABASE_URL, else the embedded server that is running. Raises RuntimeError."""
    return _address("DATABASE_URL", "database")


def redis_url() -> str:
    """The Redis URL: REDIS_URL, else the embedded server that is running. Raises RuntimeError."""
    return _address("REDIS_URL", "Redis")


def _address(variable: str, what: str) -> str:
    if given := os.environ.get(variable):
        return given
    if ADDRESSES_FILE.exists():
        return json.loads(ADDRESSES_FILE.read_text())[variable]
    raise RuntimeError(NO_SERVER.format(what=what, variable=variable))
