"""Summaries in the admin pages: to be seen only, and without their contents."""

from django.contrib import admin

from peelsite.inspection.models import Summary
from peelsite.web.admin_site import ViewOnlyAdmin


@admin.register(Summary)
class SummaryAdmin(ViewOnlyAdmin):
    list_display = ["title", "cadence", "as_at", "state", "written_at", "force"]
    list_filter = ["state", ("force", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["force"]
    exclude = ["pdf", "content"]
