from django.apps import AppConfig


class DemonstrationConfig(AppConfig):
    name = "peelsite.demonstration"
    verbose_name = "Demonstration force"
