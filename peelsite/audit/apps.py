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
        seal_too("accounts.SignIn")
        navigation.register("History", "history:changes", action=Action.HISTORY_VIEW, order=80)
        # Models are loaded by now; the classes of records to keep or remove need them.
        from peelsite.accounts.selectors import sign_ins_before
        from peelsite.audit.retention.registry import RetentionClass, register
        from peelsite.audit.retention.removal import access_requests_delete
        from peelsite.audit.retention.selectors import access_requests_closed_before, sensitive_reads_before
        from peelsite.audit.retention.services import RETENTION_JOB, retention_job
        from peelsite.audit.subject_access.selectors import EXPORT_JOB
        from peelsite.audit.subject_access.services import access_export_write
        from peelsite.jobs import registry as jobs

        register(
            RetentionClass(
                "sensitive_reads", "Sensitive reads", "the read", sensitive_reads_before, "person_ids"
            )
        )
        register(
            RetentionClass(
                "access_requests",
                "Subject access requests",
                "they were closed",
                access_requests_closed_before,
                "person_id",
                remove=access_requests_delete,
            )
        )
        register(RetentionClass("sign_ins", "Sign-ins", "the sign-in", sign_ins_before))
        jobs.register(EXPORT_JOB, access_export_write)
        jobs.register(RETENTION_JOB, retention_job)
