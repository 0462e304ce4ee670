"""The second wall: which forces' rows PostgreSQL shows to what runs now.

    with walls.within(force.pk):
        ...

Code says here what it reaches; `peelsite.walls.backend` tells PostgreSQL before each statement (setting
`peelsite.forces`), and the row-level security policies of `peelsite.walls.plan` do the rest. The permission
table stays the first wall: this one holds when a query forgets to ask it.

What no `with` has narrowed is everything for commands, workers and tests, and nothing for the web server.
Each context manager is also a decorator.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

SETTING = "peelsite.forces"
EVERYTHING = "all"
NOTHING = ""

_reach: ContextVar[str | None] = ContextVar("peelsite_walls_reach", default=None)
_unnarrowed = EVERYTHING


def reach() -> str:
    """What may be seen now, as PostgreSQL is told it: 'all', '', '1,2' or 'user:7'."""
    narrowed = _reach.get()
    return _unnarrowed if narrowed is None else narrowed


def close_by_default() -> None:
    """From now on this process sees nothing but what a `with` opens: the web server between requests."""
    global _unnarrowed
    _unnarrowed = NOTHING


@contextmanager
def reaching(value: str) -> Iterator[None]:
    """Reach what `reach()` returned earlier: for work that goes on after its request, such as a download."""
    token = _reach.set(value)
    try:
        yield
    finally:
        _reach.reset(token)


def within(*force_ids: int):
    """Rows of these forces, and no others; without any, none."""
    return reaching(_listed(force_ids))


def everything():
    """Rows of all forces: for what looks after the whole site. Say why where you use it."""
    return reaching(EVERYTHING)


def of_user(user_id: int):
    """Rows of the forces in which the user is an active member, found by PostgreSQL itself.

    Of memberships only the user's own. The one place from which a request learns what it may reach.
    """
    return reaching(f"user:{int(user_id)}")


def narrow(*force_ids: int) -> None:
    """Reach these forces until the `with` around ends: for what is known only in the middle of a request.

    Raises RuntimeError outside of any, where nothing would ever end it.
    """
    narrow_to(_listed(force_ids))


def narrow_to(value: str) -> None:
    """As `narrow`, with a value of `reach()`."""
    if _reach.get() is None:
        raise RuntimeError("walls.narrow() needs a `with` around it that ends what it sets.")
    _reach.set(value)


def _listed(force_ids: tuple[int, ...]) -> str:
    return ",".join(str(int(force_id)) for force_id in sorted(set(force_ids)))
