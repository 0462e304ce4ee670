from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "peelsite.home"
    verbose_name = "Start page"
