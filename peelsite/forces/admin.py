"""Forces and their places in the admin pages. Units are only seen: services keep their tree whole."""

from django.contrib import admin

from peelsite.forces.models import Area, Force, Location, Unit
from peelsite.web.admin_site import KeptRowsAdmin, ViewOnlyAdmin


@admin.register(Force)
class ForceAdmin(KeptRowsAdmin):
    list_display = ["name", "code", "region", "keeps_records", "opening_day"]
    list_filter = ["keeps_records", "region"]
    search_fields = ["name", "code"]


@admin.register(Area, Location)
class PlaceAdmin(KeptRowsAdmin):
    list_display = ["name", "code", "force"]
    list_filter = [("force", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["force"]
    search_fields = ["name", "code"]


@admin.register(Unit)
class UnitAdmin(ViewOnlyAdmin):
    list_display = ["name", "code", "level", "parent", "force"]
    list_filter = [("force", admin.RelatedOnlyFieldListFilter), "level"]
    list_select_related = ["force", "parent"]
    search_fields = ["name", "code"]
