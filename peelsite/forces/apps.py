from django.apps import AppConfig


class ForcesConfig(AppConfig):
    name = "peelsite.forces"
    verbose_name = "Forces, areas, units and locations"
