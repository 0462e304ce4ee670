"""Celery's side of imports: jobs do the work (peelsite.jobs); here is only what beat asks for."""

from celery import shared_task

from peelsite.imports.services import files_purge


@shared_task
def old_files_purge() -> None:
    files_purge()
