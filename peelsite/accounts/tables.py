import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from peelsite.accounts.models import Membership
from peelsite.web.lists import DayColumn


class MembershipTable(tables.Table):
    """Members of a force: the name leads to the membership's page."""

    name = tables.Column(accessor="user__name", verbose_name="Name")
    email = tables.Column(accessor="user__email", verbose_name="Email address")
    described = tables.Column(verbose_name="Role", order_by=("role", "unit__name"))
    last_login = DayColumn(accessor="user__last_login", verbose_name="Last signed in", default="Never")
    is_active = tables.Column(verbose_name="State")

    class Meta:
        model = Membership
        fields = ("name", "email", "described", "last_login", "is_active")
        attrs = {"caption": "Members", "caption_hidden": True, "row_headers": True}
        empty_text = "Nobody matches. Clear the filter to see every member."

    def render_name(self, value, record):
        href = reverse("accounts:member", args=[record.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_name(self, value):
        return value

    def render_is_active(self, value):
        return "Active" if value else "Ended"

    def value_is_active(self, value):
        return "Active" if value else "Ended"
