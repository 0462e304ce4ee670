from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "peelsite.documents"
    verbose_name = "Documents"
