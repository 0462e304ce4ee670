from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class InspectionConfig(AppConfig):
    name = "peelsite.inspection"
    verbose_name = "Inspection"

    def ready(self) -> None:
        # Models are loaded by now; the job's function needs them.
        from peelsite.audit.retention import registry as retention
        from peelsite.inspection.summaries.retention import DELIVERIES
        from peelsite.inspection.summaries.services import WRITE_JOB
        from peelsite.inspection.summaries.tasks import write_job
        from peelsite.jobs import registry

        registry.register(WRITE_JOB, write_job)
        retention.register(DELIVERIES)
        navigation.register("Inspection", "inspection:overview", action=Action.SUMMARY_VIEW, order=60)
