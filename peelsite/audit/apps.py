from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.history.registry import seal_too
from peelsite.web import navigation


class AuditConfig(AppConfig):
    name = "peelsite.audit"
    verbose_name = "History pages"

    def ready(self) -> None:
        seal_too("audit.SensitiveRead")
        seal_too("audit.RetentionRun")
        navigation.register("History", "history:changes", action=Action.HISTORY_VIEW, order=80)
        # Models are loaded by now; the classes of records to keep or remove need them.
        from peelsite.audit.retention.registry import RetentionClass, register
        from peelsite.audit.retention.selectors import sensitive_reads_before

        register(
            RetentionClass(
                "sensitive_reads", "Sensitive reads", "the read", sensitive_reads_before, "person_ids"
            )
        )
