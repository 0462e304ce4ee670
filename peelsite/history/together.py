"""Migrations that make many tables, each with its history, in time that grows with their number."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import pgtrigger.migrations
from django.db import migrations
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# Each only adds to a table that is there already, and needs nothing that another of them takes away.
ADDITIONS = (
    migrations.AddField,
    migrations.AddConstraint,
    migrations.AddIndex,
    pgtrigger.migrations.AddTrigger,
)


class Migration(migrations.Migration):
    """A migration whose runs of new tables, and of additions to tables, see the models once each.

    Django makes the classes of a model and of all that it points to anew after each single operation. Every
    table here points to a force, and brings a history table and three triggers: a thousand operations made a
    hundred thousand classes, which took minutes. What is sent to PostgreSQL, and in which order, is the same.
    """

    def apply(
        self, project_state: ProjectState, schema_editor: Any, collect_sql: bool = False
    ) -> ProjectState:
        if collect_sql:
            return super().apply(project_state, schema_editor, collect_sql)
        for run in _runs(self.operations):
            if len(run) == 1:
                project_state = _single(self, run).apply(project_state, schema_editor)
            else:
                self._apply_run(run, project_state, schema_editor)
        return project_state

    def _apply_run(self, run: list[Operation], project_state: ProjectState, schema_editor: Any) -> None:
        before = project_state.clone()
        # Without it, a change of the state makes no classes; they are made when next asked for.
        project_state.__dict__.pop("apps", None)
        for operation in run:
            operation.state_forwards(self.app_label, project_state)
        for operation in run:
            operation.database_forwards(self.app_label, schema_editor, before, project_state)


def _single(migration: Migration, run: list[Operation]) -> migrations.Migration:
    single = migrations.Migration(migration.name, migration.app_label)
    single.operations = run
    single.atomic = migration.atomic
    return single


def _runs(operations: list[Operation]) -> Iterator[list[Operation]]:
    """Operations in their order: runs that make tables, runs that add to them, others alone."""
    for kind, run in groupby(operations, key=_kind):
        if kind is None:
            yield from ([operation] for operation in run)
        else:
            yield list(run)


def _kind(operation: Operation) -> str | None:
    if type(operation) is migrations.CreateModel:
        return "table"
    return "addition" if isinstance(operation, ADDITIONS) else None
