"""Writes that meet: one after the other, and taken up again when PostgreSQL had to break a tie.

Rooms lock rows in one order, so that two writes wait for each other in turn and not in a circle. Where a
circle is closed all the same, PostgreSQL undoes one of the two after a second (deadlock_timeout), and that
one is simply done again: nothing of its first try is left.
"""

import logging
import random
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import OperationalError, connection, transaction

logger = logging.getLogger(__name__)

MOST_TRIES = 5
# deadlock_detected, serialization_failure (PostgreSQL, appendix A).
UNDONE = frozenset({"40P01", "40001"})


def in_turn(function: Callable[..., Any]) -> Callable[..., Any]:
    """Like `transaction.atomic`; the outermost call is done again when PostgreSQL undid it for another.

    Only for functions that do all of their work in the database: another try must find the world as the first
    one did. Each new try is logged as a warning of this module.
    """

    @wraps(function)
    def taken(*args: Any, **kwargs: Any) -> Any:
        if connection.in_atomic_block:
            with transaction.atomic():
                return function(*args, **kwargs)
        for tries in range(1, MOST_TRIES):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as fault:
                if getattr(fault.__cause__, "sqlstate", None) not in UNDONE:
                    raise
                logger.warning(
                    "%s was undone for another write and is tried again (%s)", function.__name__, tries
                )
                time.sleep(random.uniform(0, 0.05) * tries)  # noqa: S311 - to part the two, nothing secret
        with transaction.atomic():
            return function(*args, **kwargs)

    return taken
