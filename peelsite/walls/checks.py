"""Says when the second wall does not stand: `manage.py check --database default`."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.core.checks import CheckMessage, Warning
from django.db import connections

from peelsite.walls import plan, schema

ROLES = "README.md, 'Two roles in PostgreSQL', says how the roles are made."


def check_walls(databases: Sequence[str] | None = None, **given: Any) -> list[CheckMessage]:
    """Warnings, as a database that is still to be migrated has no wall yet."""
    return [message for alias in databases or () for message in _check(connections[alias])]


def _check(connection: Any) -> Iterator[CheckMessage]:
    there = schema.found(connection)
    if not there.tables:  # nothing has been migrated yet
        return
    missing = sum(1 for _ in schema.needed(connection))
    if missing:
        yield Warning(
            f"The walls between forces, or the application role's rights, are {missing} statements behind.",
            hint="Run manage.py migrate as the role that owns the tables.",
            id="walls.W001",
        )
    if unexplained := plan.unexplained(set(there.tables)):
        yield Warning(
            f"Neither behind a wall nor open for a reason: {', '.join(sorted(unexplained))}.",
            hint="Give the table a force, or name it with its reason in peelsite/walls/plan.py.",
            id="walls.W002",
        )
    yield from _check_role(connection, there)


def _check_role(connection: Any, there: schema.Found) -> Iterator[CheckMessage]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user")
        is_super, bypasses = cursor.fetchone()
    if is_super or bypasses:
        what = "is a superuser" if is_super else "has BYPASSRLS"
        yield Warning(
            f"The role {there.role} {what}: PostgreSQL shows it the rows of all forces, whatever is asked.",
            hint=f"Connect as a role without it. {ROLES}",
            id="walls.W003",
        )
    elif any(table.owner == there.role for table in there.tables.values()):
        yield Warning(
            f"The role {there.role} owns the tables: it could take down the walls and rewrite history.",
            hint=f"Right for migrate; web, worker and beat should connect as the application role. {ROLES}",
            id="walls.W004",
        )
