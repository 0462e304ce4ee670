from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "peelsite.accounts"
    verbose_name = "Accounts and permissions"
