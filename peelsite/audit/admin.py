"""Rules of retention and legal holds, for who looks after the whole site."""

from django.contrib import admin

from peelsite.audit.models import LegalHold, RetentionRule
from peelsite.web.admin_site import KeptRowsAdmin


@admin.register(RetentionRule)
class RetentionRuleAdmin(KeptRowsAdmin):
    list_display = ("force", "what", "months", "valid_from", "is_confirmed", "is_on", "source")
    list_filter = ("force", "what")


@admin.register(LegalHold)
class LegalHoldAdmin(KeptRowsAdmin):
    list_display = ("force", "what", "person_id", "held_by", "held_from", "until", "reason")
    list_filter = ("force",)
