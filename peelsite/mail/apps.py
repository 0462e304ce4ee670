from django.apps import AppConfig


class MailConfig(AppConfig):
    name = "peelsite.mail"
    verbose_name = "Mail and outbox"
