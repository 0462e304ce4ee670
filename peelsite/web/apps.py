from django.apps import AppConfig
from django.contrib.admin import apps as admin


class WebConfig(AppConfig):
    name = "peelsite.web"
    verbose_name = "The look"


class SiteAdminConfig(admin.AdminConfig):
    default = False
    default_site = "peelsite.web.admin_site.SiteAdmin"
