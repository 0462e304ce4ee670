from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "peelsite.imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        # Models are loaded by now; the jobs' functions need them.
        from peelsite.imports.work import KINDS
        from peelsite.jobs import registry

        for kind, function in KINDS.items():
            registry.register(kind, function)
