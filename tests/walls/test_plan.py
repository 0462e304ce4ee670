"""Every table stands behind a wall or is open for a reason, and a wall that is missing is told and raised."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase

from peelsite.walls import plan, schema
from peelsite.walls.checks import check_walls

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement() -> Iterator[Any]:
    with connection.cursor() as cursor:
        yield cursor.execute


def warnings() -> dict[str, str]:
    return {message.id: message.msg for message in check_walls(databases=["default"])}


def test_every_table_is_walled_or_open_for_a_reason() -> None:
    tables = set(schema.found(connection).tables)
    assert not plan.unexplained(tables)
    assert not set(plan.OPEN) - tables, "reasons for tables that are gone"
    assert not plan.APPEND_ONLY - tables
    assert not plan.WRITTEN_FOR_NO_FORCE - tables
    assert all(plan.OPEN.values())


def test_every_wall_stands() -> None:
    assert not list(schema.needed(connection))
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class JOIN pg_policy ON polrelid = pg_class.oid"
            " WHERE relrowsecurity AND relforcerowsecurity AND polname = 'peelsite_wall'"
            " AND polcmd = '*' AND polwithcheck IS NOT NULL"
        )
        standing = {name for (name,) in cursor.fetchall()}
    assert standing == {wall.table for wall in plan.walled()}
    assert len(standing) > 60


def test_a_table_that_nobody_thought_of_is_found(statement: Any) -> None:
    statement("CREATE TABLE planted (id bigint PRIMARY KEY, force_id bigint REFERENCES forces_force)")
    assert plan.unexplained(set(schema.found(connection).tables)) == {"planted"}
    assert "planted" in warnings()["walls.W002"]


@pytest.mark.parametrize(
    "damage",
    [
        "DROP POLICY peelsite_wall ON workforce_post",
        "ALTER TABLE workforce_post DISABLE ROW LEVEL SECURITY",
        "ALTER TABLE workforce_post NO FORCE ROW LEVEL SECURITY",
        "COMMENT ON POLICY peelsite_wall ON workforce_post IS 'of an older version'",
        "CREATE POLICY peelsite_old ON forces_force USING (true)",
        "COMMENT ON FUNCTION peelsite_forces() IS 'of an older version'",
        "GRANT TRUNCATE ON workforce_post TO peelsite_app",
        "GRANT DELETE ON workforce_postevent TO peelsite_app",
        "REVOKE SELECT ON workforce_post FROM peelsite_app",
        "CREATE FUNCTION lax() RETURNS int LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'",
    ],
)
def test_damage_is_told_and_mended(statement: Any, damage: str) -> None:
    assert "walls.W001" not in warnings()
    statement(damage)
    assert "walls.W001" in warnings()
    assert schema.raise_walls(connection)
    assert "walls.W001" not in warnings()
    assert not schema.raise_walls(connection)


def test_a_history_function_that_was_installed_anew_writes_as_the_owner_again(statement: Any) -> None:
    call_command("pgtrigger", "install", "workforce.Role:insert_insert")
    assert "walls.W001" in warnings()
    assert schema.raise_walls(connection)
    assert "walls.W001" not in warnings()


def test_the_check_says_what_the_role_could_do(statement: Any) -> None:
    assert "walls.W004" in warnings()
    statement("SET LOCAL ROLE peelsite_app")
    assert not warnings()


class EmptiedDatabase(TransactionTestCase):
    """What Django does after a test with real transactions: empty the tables, and say it has migrated."""

    def test_the_walls_stay(self) -> None:
        call_command("flush", interactive=False, verbosity=0)
        assert not list(schema.needed(connection))
