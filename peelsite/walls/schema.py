"""Raises the walls, and gives the application role what it needs: statements for what is not yet so.

Run again it finds nothing to do and asks the database four times. All of it is the business of the role that
migrates, which owns the tables.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from psycopg.sql import SQL, Identifier, Literal

from peelsite.walls import plan

READ, ADD = {"SELECT"}, {"SELECT", "INSERT"}
WORK = {"SELECT", "INSERT", "UPDATE", "DELETE"}
READ_ONLY = {"django_migrations"}


@dataclass
class _Table:
    owner: str
    is_forced: bool
    columns: set[str]
    # Digest of each policy by its name, and what the application role may do.
    policies: dict[str, str]
    granted: set[str]


@dataclass
class Found:
    """What there is in the database now."""

    role: str
    # The application role, '' when the database has none by that name or it is this very role.
    app_role: str
    tables: dict[str, _Table] = field(default_factory=dict)


def found(connection: Any) -> Found:
    """What there is, in the schema that this connection works in."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, (SELECT rolname FROM pg_roles WHERE rolname = %s"
            " AND rolname <> current_user)",
            [settings.DATABASE_APP_ROLE],
        )
        role, app_role = cursor.fetchone()
        cursor.execute(_TABLES, [app_role])
        tables = {
            name: _Table(owner, forced, set(columns), json.loads(policies), set(granted))
            for name, owner, forced, columns, policies, granted in cursor.fetchall()
        }
    return Found(role, app_role or "", tables)


_TABLES = """
SELECT relname, pg_get_userbyid(relowner), relrowsecurity AND relforcerowsecurity,
       ARRAY(SELECT attname::text FROM pg_attribute
             WHERE attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped),
       coalesce((SELECT jsonb_object_agg(polname, coalesce(obj_description(oid, 'pg_policy'), ''))
                 FROM pg_policy WHERE polrelid = pg_class.oid), '{}'),
       ARRAY(SELECT privilege_type FROM aclexplode(relacl) WHERE grantee::regrole::text = quote_ident(%s))
FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
"""


def raise_walls(connection: Any) -> int:
    """Bring the database to the plan; how many statements that took."""
    statements = list(needed(connection))
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement.as_string(connection.connection))
    return len(statements)


def needed(connection: Any) -> Iterator[SQL]:
    """Statements that are missing: functions, policies, the history's functions, grants."""
    there = found(connection)
    yield from _functions(connection)
    yield from _policies(there)
    yield from _history_functions(connection)
    if there.app_role:
        yield from _grants(there)
        yield from _other_grants(connection, there.app_role)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]


def _functions(connection: Any) -> Iterator[SQL]:
    digest = _digest(plan.FUNCTIONS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regprocedure('peelsite_forces()'), 'pg_proc')")
        if cursor.fetchone()[0] == digest:
            return
    yield SQL(plan.FUNCTIONS)
    yield SQL("COMMENT ON FUNCTION peelsite_forces() IS {}").format(Literal(digest))


def _policies(there: Found) -> Iterator[SQL]:
    walls = {wall.table: wall for wall in plan.walled()}
    for name, table in there.tables.items():
        wall = walls.get(name)
        if wall is not None and (
            not table.columns.issuperset(wall.columns) or wall.parent not in {"", *there.tables}
        ):
            continue  # a migration that is still to come makes what the policy reads
        wanted = {policy.name: policy for policy in wall.policies} if wall else {}
        yield from _policies_of(name, table, wanted)


def _policies_of(name: str, table: _Table, wanted: dict[str, plan.Policy]) -> Iterator[SQL]:
    digests = {policy.name: _digest(policy.command, policy.using, policy.check) for policy in wanted.values()}
    ours = {policy: digest for policy, digest in table.policies.items() if policy.startswith("peelsite_")}
    on = Identifier(name)
    for policy in ours:
        if ours[policy] != digests.get(policy):
            yield SQL("DROP POLICY {} ON {}").format(Identifier(policy), on)
    for policy in wanted.values():
        if ours.get(policy.name) == digests[policy.name]:
            continue
        statement = SQL("CREATE POLICY {} ON {} FOR " + policy.command).format(Identifier(policy.name), on)
        if policy.using:
            statement += SQL(" USING (" + policy.using + ")")
        if policy.check:
            statement += SQL(" WITH CHECK (" + policy.check + ")")
        yield statement
        yield SQL("COMMENT ON POLICY {} ON {} IS {}").format(
            Identifier(policy.name), on, Literal(digests[policy.name])
        )
    if wanted and not table.is_forced:
        yield SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY").format(on)
    if ours and not wanted:
        yield SQL("ALTER TABLE {} DISABLE ROW LEVEL SECURITY, NO FORCE ROW LEVEL SECURITY").format(on)


def _history_functions(connection: Any) -> Iterator[SQL]:
    """Let the history's triggers write as the owner, so that nobody else needs to.

    Nobody may run them but the triggers there are: put on a table of one's own, they would write lies.
    """
    written = re.compile('INSERT INTO "(' + "|".join(map(re.escape, sorted(plan.history_tables()))) + ')" ')
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosrc, current_schema() FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace AND prorettype = 'trigger'::regtype"
            " AND NOT prosecdef AND proname LIKE 'pgtrigger%'"
        )
        rows = cursor.fetchall()
        cursor.execute(
            "SELECT oid::regprocedure::text, current_schema() FROM pg_proc"
            " WHERE pronamespace = current_schema()::regnamespace AND prosecdef"
            " AND coalesce(proconfig::text, '') NOT LIKE '%pg_temp%' AND proowner = current_user::regrole"
        )
        astray = cursor.fetchall()
    # Without pg_temp at its end a search begins there, in tables that the caller may have made.
    for signature, schema in astray:
        yield SQL("ALTER FUNCTION " + signature + " SET search_path = {}, pg_temp").format(Identifier(schema))
    for name, source, schema in rows:
        if written.search(source):
            function = Identifier(name)
            yield SQL("ALTER FUNCTION {}() SECURITY DEFINER SET search_path = {}, pg_temp").format(
                function, Identifier(schema)
            )
            yield SQL("REVOKE EXECUTE ON FUNCTION {}() FROM PUBLIC").format(function)


def privileges(table: str) -> set[str]:
    """What the application role may do with a table. TRUNCATE is never among it."""
    if table in plan.history_tables() or table in READ_ONLY:
        return READ
    return ADD if table in plan.APPEND_ONLY else WORK


def _grants(there: Found) -> Iterator[SQL]:
    role = Identifier(there.app_role)
    for name, table in there.tables.items():
        wanted = privileges(name)
        for verb, word, names in (
            ("REVOKE", "FROM", table.granted - wanted),
            ("GRANT", "TO", wanted - table.granted),
        ):
            if names:
                yield SQL(f"{verb} {', '.join(sorted(names))} ON {{}} {word} {{}}").format(
                    Identifier(name), role
                )


def _other_grants(connection: Any, app_role: str) -> Iterator[SQL]:
    """The schema, its sequences, and temporary tables, in which imports are prepared."""
    role = Identifier(app_role)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace"
            " AND CASE WHEN relkind = 'S' THEN NOT has_sequence_privilege(%s, oid, 'USAGE') END",
            [app_role],
        )
        sequences = [name for (name,) in cursor.fetchall()]
        cursor.execute(
            "SELECT current_schema(), has_schema_privilege(%s, current_schema(), 'USAGE'),"
            " current_database(), has_database_privilege(%s, current_database(), 'CONNECT')"
            " AND has_database_privilege(%s, current_database(), 'TEMPORARY')",
            [app_role] * 3,
        )
        schema, may_use, database, may_connect = cursor.fetchone()
    for name in sequences:
        yield SQL("GRANT USAGE ON SEQUENCE {} TO {}").format(Identifier(name), role)
    if not may_use:
        yield SQL("GRANT USAGE ON SCHEMA {} TO {}").format(Identifier(schema), role)
    if not may_connect:
        yield SQL("GRANT CONNECT, TEMPORARY ON DATABASE {} TO {}").format(Identifier(database), role)
