from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "peelsite.jobs"
    verbose_name = "Jobs"
