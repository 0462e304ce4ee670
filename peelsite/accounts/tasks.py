"""What beat does for accounts."""

from celery import shared_task

from peelsite.accounts.sessions import SessionStore


@shared_task
def sessions_purge() -> None:
    """Delete the rows of sessions that have ended; safe to run twice."""
    SessionStore.clear_expired()
