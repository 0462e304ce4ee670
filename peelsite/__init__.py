"""Peelsite: the workforce and resourcing site of a police force."""

from peelsite.celery import app as celery_app

__all__ = ["celery_app"]
