"""A migration that takes its additions together makes what Django's own makes."""

from typing import Any

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState, StateApps
from django.db.models.functions import Upper

from peelsite.history import together

LABEL = "invented"


def operations() -> list[Any]:
    """Two tables that point to each other, and everything that is added to tables later."""
    return [
        migrations.CreateModel(
            "Station", [("id", models.BigAutoField(primary_key=True)), ("name", models.TextField())]
        ),
        migrations.CreateModel(
            "Cell",
            [
                ("id", models.BigAutoField(primary_key=True)),
                ("number", models.IntegerField()),
                ("station", models.ForeignKey(f"{LABEL}.station", models.CASCADE)),
            ],
        ),
        migrations.AddField(
            "station", "largest", models.ForeignKey(f"{LABEL}.cell", models.CASCADE, null=True)
        ),
        migrations.AddField("station", "size", models.IntegerField(default=3)),
        migrations.AddField(
            "station",
            "title",
            models.GeneratedField(expression=Upper("name"), output_field=models.TextField(), db_persist=True),
        ),
        migrations.AddConstraint(
            "cell", models.UniqueConstraint(fields=["station", "number"], name="invented_cell_once")
        ),
        migrations.AddConstraint(
            "station",
            models.CheckConstraint(condition=models.Q(size__gt=models.F("id") - 9), name="invented_size"),
        ),
        migrations.AddIndex("cell", models.Index(fields=["number"], name="invented_cell_number")),
        migrations.AlterField("station", "size", models.BigIntegerField(default=3)),
        migrations.AddField("cell", "is_open", models.BooleanField(default=False)),
    ]


def made_by(base: type[migrations.Migration]) -> tuple[list[Any], ProjectState]:
    """What PostgreSQL holds of the tables afterwards, and Django's state; nothing of it stays."""
    migration = base("0001_initial", LABEL)
    migration.operations = operations()
    state = ProjectState()
    # Rendered, as the executor hands it over.
    assert not state.apps.get_models()
    with connection.schema_editor() as editor:
        state = migration.apply(state, editor)
    found = []
    with connection.cursor() as cursor:
        for table in (f"{LABEL}_station", f"{LABEL}_cell"):
            cursor.execute(
                "SELECT column_name, data_type, is_nullable, column_default, generation_expression"
                " FROM information_schema.columns WHERE table_name = %s ORDER BY ordinal_position",
                [table],
            )
            found += cursor.fetchall()
            cursor.execute(
                "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass"
                " ORDER BY 1",
                [table],
            )
            found += cursor.fetchall()
            cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s ORDER BY 1", [table])
            found += cursor.fetchall()
        cursor.execute(f"DROP TABLE {LABEL}_station, {LABEL}_cell CASCADE")
    return found, state


def described(state: ProjectState) -> dict[Any, Any]:
    """Fields and options of every model, in words: two fields are never equal to Django."""
    return {
        key: (
            {name: str(field.deconstruct()[1:]) for name, field in model.fields.items()},
            str(model.options),
        )
        for key, model in state.models.items()
    }


@pytest.mark.django_db(transaction=True)
def test_the_tables_and_the_state_are_the_same():
    one_by_one, expected = made_by(migrations.Migration)
    at_once, state = made_by(together.Migration)
    assert len(one_by_one) > 15
    assert at_once == one_by_one
    assert described(state) == described(expected)


@pytest.mark.django_db(transaction=True)
def test_models_are_made_once_for_each_run_of_additions(monkeypatch: pytest.MonkeyPatch):
    made = []
    original = StateApps.render_multiple
    monkeypatch.setattr(
        StateApps, "render_multiple", lambda apps, states: (made.extend(states), original(apps, states))
    )
    made_by(migrations.Migration)
    one_by_one = len(made)
    made.clear()
    made_by(together.Migration)
    # Two tables: when they are made, added to, changed, and added to again.
    assert len(made) <= 8
    assert one_by_one >= 2 * len(made)
