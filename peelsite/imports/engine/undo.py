"""Taking a loaded import back, while nothing later rests on it."""

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import connection, models

from peelsite.imports.engine.stage import Stage
from peelsite.web.editing.versions import event_model_of


def effects_begin(stage: Stage, table: str, ids: str) -> None:
    """Keep rows as they are before a change; `ids` is a SELECT of their ids. The first keeping counts."""
    stage.run(
        f"""INSERT INTO imports_importeffect (batch_id, "table", row_id, before)
        SELECT %(batch)s, %(table)s, kept.id, to_jsonb(kept) FROM {table} kept
        WHERE kept.id IN ({ids}) AND NOT EXISTS (
            SELECT 1 FROM imports_importeffect effect
            WHERE effect.batch_id = %(batch)s AND effect."table" = %(table)s AND effect.row_id = kept.id
        )""",
        table=table,
    )


def effects_end(stage: Stage) -> None:
    """Keep the changed rows as loading left them."""
    tables = stage.rows(
        'SELECT DISTINCT "table" FROM imports_importeffect WHERE batch_id = %(batch)s AND before IS NOT NULL'
    )
    for (table,) in tables:
        stage.run(
            f"""UPDATE imports_importeffect effect SET after = to_jsonb(kept)
                FROM {connection.ops.quote_name(table)} kept
            WHERE effect.batch_id = %(batch)s AND effect."table" = %(table)s AND effect.row_id = kept.id
              AND effect.before IS NOT NULL""",
            table=table,
        )


class Undo:
    """One loaded import to be taken back. `models` are those whose rows carry `import_id`."""

    def __init__(self, batch_id: int, model_names: Sequence[str]) -> None:
        self.batch_id = batch_id
        self.models = [apps.get_model(name) for name in model_names]

    def run(self, sql: str, **params: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"batch": self.batch_id} | params)
            return cursor.rowcount

    def _rows(self, sql: str, **params: Any) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, {"batch": self.batch_id} | params)
            return cursor.fetchall()

    def blockers(self) -> list[str]:
        """Sentences on what was done since that an undo would break; empty when it may go ahead."""
        return [*self._changed_since(), *self._added_and_changed_since(), *self._resting_on_it()]

    def _changed_since(self) -> Iterator[str]:
        """Rows that loading changed and that are not as it left them."""
        for table, model in self._by_table.items():
            found = self._rows(
                f"""SELECT count(*) FROM imports_importeffect effect LEFT JOIN {table} kept
                    ON kept.id = effect.row_id
                WHERE effect.batch_id = %(batch)s AND effect."table" = %(table)s AND effect.before IS NOT NULL
                  AND to_jsonb(kept) IS DISTINCT FROM effect.after""",
                table=table,
            )[0][0]
            if found:
                yield (
                    f"{_counted(found, model)} that this import changed {_have(found)} been "
                    f"changed again since."
                )

    def _added_and_changed_since(self) -> Iterator[str]:
        for model in self.models:
            events = event_model_of(model)
            if events is None:
                continue
            found = self._rows(
                f"""SELECT count(*) FROM {model._meta.db_table} kept WHERE kept.import_id = %(batch)s
                    AND EXISTS (
                    SELECT 1 FROM {events._meta.db_table} event
                    WHERE event.pgh_obj_id = kept.id AND event.pgh_label = 'update')""",
            )[0][0]
            if found:
                yield f"{_counted(found, model)} that this import added {_have(found)} been changed since."

    def _resting_on_it(self) -> Iterator[str]:
        """Rows of other tables, or of later imports, that point at rows this import added."""
        for model in self.models:
            for relation in _relations_to(model):
                pointing = relation.related_model
                own = "AND pointing.import_id IS DISTINCT FROM %(batch)s" if pointing in self.models else ""
                found = self._rows(
                    f"""SELECT count(*) FROM {pointing._meta.db_table} pointing
                    JOIN {model._meta.db_table} kept ON kept.id = pointing.{relation.field.column}
                    WHERE kept.import_id = %(batch)s {own}""",
                )[0][0]
                if found:
                    yield (
                        f"{_counted(found, pointing)} {_have(found, 'rests', 'rest')} on "
                        f"{model._meta.verbose_name_plural} that this import added."
                    )

    @cached_property
    def _by_table(self) -> dict[str, type[models.Model]]:
        return {model._meta.db_table: model for model in self.models}

    def restore(self, table: str) -> int:
        """Put the changed rows of a table back as they were before."""
        model = self._by_table[table]
        columns = [
            connection.ops.quote_name(field.column)
            for field in model._meta.concrete_fields
            if not field.generated and not field.primary_key
        ]
        return self.run(
            f"""UPDATE {table}
                SET ({", ".join(columns)}) = ROW ({", ".join(f"old.{name}" for name in columns)})
            FROM imports_importeffect effect, LATERAL jsonb_populate_record(NULL::{table}, effect.before) old
            WHERE effect.batch_id = %(batch)s AND effect."table" = %(table)s AND effect.before IS NOT NULL
              AND {table}.id = effect.row_id""",
            table=table,
        )

    def delete(self, table: str) -> int:
        """Delete the rows that the import added to a table that carries `import_id`."""
        return self.run(f"DELETE FROM {table} WHERE import_id = %(batch)s")

    def delete_unused(self, *tables: str) -> None:
        """Delete rows added beside the import's own (roles, units) where nothing uses them by now."""
        for table in tables:
            model = next(model for model in apps.get_models() if model._meta.db_table == table)
            ids = self._rows(
                'SELECT row_id FROM imports_importeffect WHERE batch_id = %(batch)s AND "table" = %(table)s'
                " AND before IS NULL ORDER BY id DESC",
                table=table,
            )
            for (row_id,) in ids:
                used = any(
                    relation.related_model._base_manager.filter(**{relation.field.name: row_id}).exists()
                    for relation in _relations_to(model)
                )
                if not used:
                    model._base_manager.filter(pk=row_id).delete()


def _relations_to(model: type[models.Model]) -> Iterator[Any]:
    """Foreign keys that point at a model, history apart."""
    for relation in model._meta.get_fields(include_hidden=True):
        points_here = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if points_here and getattr(relation.related_model, "pgh_tracked_model", None) is None:
            yield relation


def _counted(number: int, model: type[models.Model]) -> str:
    names = model._meta.verbose_name if number == 1 else model._meta.verbose_name_plural
    return f"{number:,} {names}"


def _have(number: int, one: str = "has", many: str = "have") -> str:
    return one if number == 1 else many
