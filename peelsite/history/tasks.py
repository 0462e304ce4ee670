"""Beat's side of the seals, and what every task of the site leaves beside the rows that it changes."""

from typing import Any

import pghistory
from celery import shared_task
from celery.contrib.django.task import DjangoTask

from peelsite.history.services import history_seal


class RecordedTask(DjangoTask):
    """The base of every task: rows that it changes say which task changed them."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        with pghistory.context(task=self.name):
            return super().__call__(*args, **kwargs)


@shared_task
def history_seal_next() -> None:
    history_seal()
