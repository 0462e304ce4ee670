"""Where the database and Redis are, asked before Django is set up.

A server's environment names both in DATABASE_URL and REDIS_URL. On one machine `make run` starts embedded
ones and leaves their addresses in data/addresses.json; they hold as long as its supervisor keeps the lock
beside that file.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

DATA = Path(__file__).resolve().parent.parent.parent / "data"
ADDRESSES_FILE = DATA / "addresses.json"
LOCK_FILE = DATA / "run.lock"

NO_SERVER = (
    "No {what}: set {variable}, or start the site with `make run`, which starts the embedded servers "
    "and leaves their addresses in data/addresses.json."
)


class NoServerError(RuntimeError):
    """Neither a variable nor a running local site says where a server is; the text says what to do."""


class AlreadyRunningError(RuntimeError):
    """Another `make run` of this checkout is up."""


def database_url() -> str:
    """The PostgreSQL URL: DATABASE_URL, else that of the local site that is running. Raises NoServerError."""
    return _address("DATABASE_URL", "database")


def redis_url() -> str:
    """The Redis URL: REDIS_URL, else that of the local site that is running. Raises NoServerError."""
    return _address("REDIS_URL", "Redis")


def is_local() -> bool:
    """Whether this process belongs to a site on one machine (settings: plain http, demonstration data).

    True without DATABASE_URL, because then only the embedded server is left, and for the very database that a
    running `make run` was given.
    """
    given = os.environ.get("DATABASE_URL")
    return not given or given == read_addresses().get("DATABASE_URL")


def read_addresses() -> dict[str, str]:
    """Addresses of the local site that is running, else nothing: those of a killed run are not believed."""
    if not lock_is_held(LOCK_FILE):
        return {}
    try:
        addresses: dict[str, str] = json.loads(ADDRESSES_FILE.read_text())
    except (FileNotFoundError, ValueError):  # just starting, or just stopping
        return {}
    return addresses


def write_addresses(addresses: dict[str, str]) -> None:
    """Leave the addresses for other commands of this checkout; for its owner only (Redis' password)."""
    fresh = ADDRESSES_FILE.with_suffix(".new")
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(addresses, indent=2) + "\n")
    fresh.replace(ADDRESSES_FILE)


def lock_is_held(path: Path) -> bool:
    """Whether a living process holds the lock; the kernel lets go of it however a process ends."""
    try:
        with path.open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


@contextmanager
def held_lock(path: Path) -> Iterator[None]:
    """Hold the lock for the length of a `with`. Raises AlreadyRunningError when another process holds it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunningError from None
        yield


def _address(variable: str, what: str) -> str:
    if given := os.environ.get(variable) or read_addresses().get(variable):
        return given
    raise NoServerError(NO_SERVER.format(what=what, variable=variable))
