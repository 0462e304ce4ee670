from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "peelsite.history"
    verbose_name = "Row history"
