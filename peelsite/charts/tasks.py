"""Drawing outside the request."""

from celery import shared_task

from peelsite.charts import services


@shared_task
def chart_render(digest: str) -> None:
    """Draw one noted chart; running it twice draws it once."""
    services.chart_render(digest=digest)


@shared_task
def charts_purge() -> None:
    """Forget drawings that nobody has needed drawn for long; a page that shows one has it drawn again."""
    services.charts_purge(older_than=services.KEEP)
