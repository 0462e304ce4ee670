from django.apps import AppConfig


class ApiDocsConfig(AppConfig):
    name = "peelsite.apidocs"
    verbose_name = "API documentation"

    def ready(self) -> None:
        # The rooms' choices are loaded by now, and the schema library reads its extensions from imports.
        from drf_spectacular.settings import spectacular_settings

        from peelsite.apidocs import schema

        spectacular_settings.apply_patches({"ENUM_NAME_OVERRIDES": schema.enum_names()})
