from typing import Any

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.core.signals import request_finished
from django.db import connection, connections
from django.db.models.signals import post_migrate

from peelsite.walls.checks import check_walls
from peelsite.walls.schema import raise_walls


class WallsConfig(AppConfig):
    name = "peelsite.walls"
    verbose_name = "Walls between forces"

    def ready(self) -> None:
        post_migrate.connect(_raise_after_migrate, sender=self, dispatch_uid="peelsite.walls")
        request_finished.connect(_settle_after_request, dispatch_uid="peelsite.walls")
        register(check_walls, Tags.database)


def _raise_after_migrate(*, using: str, **given: Any) -> None:
    """Tables and triggers are new after a migration, and PostgreSQL gives neither a wall by itself."""
    raise_walls(connections[using])


def _settle_after_request(**given: Any) -> None:
    """A connection that waits for its next request is left without what the last one could reach."""
    connection.settle()
