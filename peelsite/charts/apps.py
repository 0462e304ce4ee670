from django.apps import AppConfig


class ChartsConfig(AppConfig):
    name = "peelsite.charts"
    verbose_name = "Charts"
