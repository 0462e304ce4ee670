from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "peelsite.imports"
    verbose_name = "Imports"
