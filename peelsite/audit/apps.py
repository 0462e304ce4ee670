from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.history.registry import seal_too
from peelsite.web import navigation


class AuditConfig(AppConfig):
    name = "peelsite.audit"
    verbose_name = "History pages"

    def ready(self) -> None:
        seal_too("audit.SensitiveRead")
        navigation.register("History", "history:changes", action=Action.HISTORY_VIEW, order=80)
