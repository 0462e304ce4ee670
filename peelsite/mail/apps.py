from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class MailConfig(AppConfig):
    name = "peelsite.mail"
    verbose_name = "Mail and outbox"

    def ready(self) -> None:
        navigation.register("Outbox", "mail:outbox", action=Action.OUTBOX_VIEW, order=85)
        # Models are loaded by now.
        from peelsite.audit.retention import registry as retention
        from peelsite.audit.subject_access import registry as held
        from peelsite.mail.retention import OUTBOX, messages_to

        retention.register(OUTBOX)
        held.register("messages in the outbox", messages_to)
