"""Which function does which kind of job. Rooms register theirs when their app is ready."""

from collections.abc import Callable
from typing import Any

from peelsite.jobs.models import Job

JobFunction = Callable[[Job], dict[str, Any]]

_functions: dict[str, JobFunction] = {}


def register(kind: str, function: JobFunction) -> None:
    """`function(job)` runs inside one transaction and returns what to keep as the job's result."""
    if _functions.setdefault(kind, function) is not function:
        raise RuntimeError(f"Two functions are registered for the job kind {kind!r}.")


def function_of(kind: str) -> JobFunction:
    return _functions[kind]
