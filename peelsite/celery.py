"""The Celery application: `celery -A peelsite worker`, `celery -A peelsite beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelsite.settings")

app = Celery("peelsite", task_cls="peelsite.history.tasks:RecordedTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    [
        "peelsite.history",
        "peelsite.audit",
        "peelsite.jobs",
        "peelsite.imports",
        "peelsite.charts",
        "peelsite.inspection.summaries",
        "workforce.boards.members",
        "workforce.boards.papers",
    ]
)
