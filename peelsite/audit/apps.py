from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class AuditConfig(AppConfig):
    name = "peelsite.audit"
    verbose_name = "History pages"

    def ready(self) -> None:
        navigation.register("History", "history:changes", action=Action.HISTORY_VIEW, order=80)
