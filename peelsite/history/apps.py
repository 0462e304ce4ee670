from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate


def _index(**sent: Any) -> None:
    # Models are loaded by now.
    from peelsite.history.indexes import index_history

    index_history(sent["using"])


class HistoryConfig(AppConfig):
    name = "peelsite.history"
    verbose_name = "Row history"

    def ready(self) -> None:
        post_migrate.connect(_index, sender=self, dispatch_uid="peelsite.history.indexes")
