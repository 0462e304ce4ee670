"""Celery's side of imports: jobs do the work (peelsite.jobs); here is only what beat asks for."""

from celery import shared_task

from peelsite import walls
from peelsite.imports.services import files_purge


@shared_task
@walls.everything()
def old_files_purge() -> None:
    """Files of every force that are past their days."""
    files_purge()
