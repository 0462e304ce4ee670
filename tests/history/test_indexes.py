"""Every history table is found by time, and raising the indexes again does nothing."""

import pytest
from django.db import connection

from peelsite.history.indexes import index_history
from peelsite.history.sealed import sealed_tables

pytestmark = pytest.mark.django_db


def test_every_history_table_has_its_index_by_time():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_indexes WHERE indexdef LIKE '% USING brin (pgh_created_at)%'"
        )
        indexed = [name for (name,) in cursor.fetchall()]
    assert sorted(indexed) == [name for name, table in sealed_tables().items() if table.has_context]


def test_only_what_is_missing_is_made():
    assert index_history() == 0
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX forces_areaevent_pgh_created_at_idx")
    assert index_history() == 1
    assert index_history() == 0
