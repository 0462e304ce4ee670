"""The workforce in the admin pages: what posts are described by can be corrected, the records only seen.

Absences and limited duties are not here: they tell of a person's health, which is seen by role in a force.
"""

from django.contrib import admin

from peelsite.web.admin_site import KeptRowsAdmin, ViewOnlyAdmin
from workforce.models import Board, FundingSource, Post, Posting, Rank, Role


class _OfForce:
    list_filter = [("force", admin.RelatedOnlyFieldListFilter)]
    list_select_related = ["force"]


@admin.register(Rank)
class RankAdmin(_OfForce, KeptRowsAdmin):
    list_display = ["name", "code", "category", "order", "is_federated", "force"]
    search_fields = ["name", "code"]


@admin.register(Role)
class RoleAdmin(_OfForce, KeptRowsAdmin):
    list_display = ["name", "code", "force"]
    search_fields = ["name", "code"]


@admin.register(FundingSource)
class FundingSourceAdmin(_OfForce, KeptRowsAdmin):
    list_display = ["name", "kind", "ends_on", "force"]
    search_fields = ["name"]


@admin.register(Post)
class PostAdmin(_OfForce, ViewOnlyAdmin):
    list_display = ["reference", "rank", "role", "unit", "location", "fte", "during", "force"]
    list_select_related = ["force", "rank", "role", "unit", "location"]
    search_fields = ["reference"]


@admin.register(Posting)
class PostingAdmin(_OfForce, ViewOnlyAdmin):
    list_display = ["person", "post", "kind", "fte", "during", "force"]
    list_select_related = ["force", "person", "post"]
    search_fields = ["person__number", "post__reference"]


@admin.register(Board)
class BoardAdmin(_OfForce, ViewOnlyAdmin):
    list_display = ["held_on", "series", "pack_on", "published_at", "approved_at", "force"]
    list_select_related = ["force", "series"]
