"""Drawing outside the request."""

from celery import shared_task

from peelsite.charts import services


@shared_task
def chart_render(digest: str) -> None:
    """Draw one noted chart; running it twice draws it once."""
    services.chart_render(digest=digest)
