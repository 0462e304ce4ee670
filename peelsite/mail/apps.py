from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class MailConfig(AppConfig):
    name = "peelsite.mail"
    verbose_name = "Mail and outbox"

    def ready(self) -> None:
        navigation.register("Outbox", "mail:outbox", action=Action.OUTBOX_VIEW, order=85)
