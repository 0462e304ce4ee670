"""WSGI entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

from peelsite.walls import close_by_default

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "peelsite.settings")

close_by_default()
application = get_wsgi_application()
