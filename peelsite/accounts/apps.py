from django.apps import AppConfig

from peelsite.accounts.permissions import Action
from peelsite.web import navigation


class AccountsConfig(AppConfig):
    name = "peelsite.accounts"
    verbose_name = "Accounts and permissions"

    def ready(self) -> None:
        navigation.register("Members", "accounts:members", action=Action.ACCOUNTS_EDIT, order=90)
