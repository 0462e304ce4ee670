from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "peelsite.web"
    verbose_name = "The look"
