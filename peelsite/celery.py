"""The Celery application: `celery -A peelsite worker`, `celery -A peelsite beat`."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelsite.settings")

app = Celery("peelsite")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(
    ["peelsite.jobs", "peelsite.imports", "peelsite.charts", "peelsite.inspection.summaries"]
)
