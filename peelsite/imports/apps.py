from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class ImportsConfig(AppConfig):
    name = "peelsite.imports"
    verbose_name = "Imports"

    def ready(self) -> None:
        navigation.register("Imports", "imports:list", action=Action.IMPORT_RUN, order=17)
        # Models are loaded by now; the jobs' functions need them.
        from peelsite.audit.presenters import register_numbers
        from peelsite.audit.retention import registry as retention
        from peelsite.imports.retention import IMPORTS
        from peelsite.imports.selectors import import_names
        from peelsite.imports.work import KINDS
        from peelsite.jobs import registry

        retention.register(IMPORTS)
        register_numbers("import_id", "Import", import_names)
        for kind, function in KINDS.items():
            registry.register(kind, function)
