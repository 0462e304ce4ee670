from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class ImportsConfig(AppConfig):
    name = "peelsite.imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        navigation.register("Imports", "imports:list", action=Action.IMPORT_RUN, order=17)
        # Models are loaded by now; the jobs' functions need them.
        from peelsite.imports.work import KINDS
        from peelsite.jobs import registry

        for kind, function in KINDS.items():
            registry.register(kind, function)
