from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "peelsite.inspection"
    verbose_name = "Inspection"
