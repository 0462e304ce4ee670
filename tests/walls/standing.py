"""What tests of the wall stand on: the application role, and an account of whose rows are whose.

The account is kept by foreign keys and Django's queries, so that it does not lean on what it checks.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import ForeignKey, Model
from django.db.utils import Error
from django.utils import timezone

from peelsite import walls
from peelsite.imports.models import ImportEffect, ImportMend
from peelsite.inspection.models import InspectionSetting
from peelsite.walls import plan
from tests.access.world import Held
from tests.workforce.boards.invented import DAY
from workforce.boards.decisions.models import ActionHandover, ReturnedDecision
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.pack.models import CarriedAction

LONGEST_PATH = 4


def walled_models() -> list[type[Model]]:
    """Models behind a wall, history included."""
    tables = {wall.table for wall in plan.walled()}
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.db_table in tables
    ]


def path_to_force(model: type[Model]) -> str:
    """'item__board__force': the lookup that leads from a row to its force, the shortest there is."""
    paths = [(model, "")]
    for _ in range(LONGEST_PATH):
        steps = [
            (field, f"{path}__{field.name}".lstrip("_"))
            for start, path in paths
            for field in sorted(start._meta.concrete_fields, key=lambda field: field.name != "force")
            if isinstance(field, ForeignKey)
        ]
        for field, path in steps:
            if field.related_model._meta.label == "forces.Force":
                return path
        paths = [(field.related_model, path) for field, path in steps if not field.null]
    raise AssertionError(f"No way from {model._meta.label} to a force.")


def rows_of(model: type[Model], force: Any) -> set[Any]:
    """Keys of the force's rows."""
    with walls.everything():
        return set(model._base_manager.filter(**{path_to_force(model): force}).values_list("pk", flat=True))


def raw_keys(model: type[Model]) -> set[Any]:
    """What a bare SELECT finds, asking for no force at all."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{model._meta.pk.column}" FROM "{model._meta.db_table}"')
        return {key for (key,) in cursor.fetchall()}


@contextmanager
def as_application() -> Iterator[None]:
    """This connection as the application role, as web, worker and beat have it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user")
        if cursor.fetchone()[0]:
            pytest.fail(
                "DATABASE_URL names a role that PostgreSQL shows everything (a superuser, or BYPASSRLS): the"
                " walls cannot be tested as it. Name the role that owns the database (README.md)."
            )
        cursor.execute(
            "SELECT count(*) FROM pg_roles WHERE rolname = %s AND pg_has_role(oid, 'MEMBER')",
            [settings.DATABASE_APP_ROLE],
        )
        if cursor.fetchone() != (1,):
            pytest.fail(
                f"The role of DATABASE_URL is no member of {settings.DATABASE_APP_ROLE}: as a superuser,"
                f" CREATE ROLE {settings.DATABASE_APP_ROLE} LOGIN and grant it to that role (README.md)."
            )
        cursor.execute(f"SET ROLE {settings.DATABASE_APP_ROLE}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("RESET ROLE")


def refusal(statement: str, params: Any = ()) -> str:
    """What PostgreSQL says to a statement, '' when it does it to a row; undone either way.

    'no row' when the statement found none.
    """
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, params)
            said = "" if cursor.rowcount else "no row"
            transaction.set_rollback(True)
            return said
    except Error as error:
        return str(error).splitlines()[0]


def setting() -> str | None:
    """What the session has, asked beside Django's wrappers, which would set it first."""
    with connection.connection.cursor() as cursor:
        return cursor.execute("SELECT current_setting(%s, true)", [walls.SETTING]).fetchone()[0]


def rare_rows(held: Held) -> None:
    """Rows that come about seldom, made here without what leads to them: their rules are asked elsewhere."""
    user, other_user = held.rows["user"], held.rows["member"].user
    batch, action, board = held.rows["import"], held.rows["action"], held.rows["board"]
    ImportEffect.objects.create(batch=batch, table="workforce_role", row_id=held.rows["role"].pk)
    ImportMend.objects.create(batch=batch, row_no=1, column="rank", value="Constable")
    InspectionSetting.objects.create(force=held.force, base_on=DAY)
    with _without_rules(ActionHandover, MinuteCorrection, CarriedAction, ReturnedDecision):
        ActionHandover.objects.create(
            action=action,
            owner_before=user,
            owner=other_user,
            due_before=DAY,
            due_on=DAY,
            reason="Is away",
            handed_by=user,
            handed_at=timezone.now(),
        )
        MinuteCorrection.objects.create(board=board, text="Not so", made_by=user, made_at=timezone.now())
        CarriedAction.objects.create(
            board=board,
            action=action,
            position=1,
            agreed_on=DAY,
            is_of_last_board=True,
            text="As agreed",
            owner_name=user.name,
            due_on=DAY,
            state=action.state,
            is_late=False,
        )
        ReturnedDecision.objects.create(
            board=board,
            item=held.rows["item"],
            decision=held.rows["decision"],
            happened="Late by 3 days.",
        )


@contextmanager
def _without_rules(*models: type[Model]) -> Iterator[None]:
    with connection.cursor() as cursor:
        for way in ("DISABLE", "ENABLE"):
            for table in (model._meta.db_table for model in models):
                cursor.execute(f"ALTER TABLE {table} {way} TRIGGER {table}_rule")
            if way == "DISABLE":
                yield
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
