"""The list of imports."""

from typing import Any

import django_tables2
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html

from peelsite.forces.models import Force
from peelsite.imports.models import ImportBatch, ImportState
from peelsite.imports.targets import target_of
from peelsite.web.lists import NumberColumn

COLOURS = {
    ImportState.UPLOADED: "yellow",
    ImportState.READY: "yellow",
    ImportState.LOADED: "green",
    ImportState.FAILED: "red",
    ImportState.UNDONE: "grey",
    ImportState.DISCARDED: "grey",
}


class BatchTable(django_tables2.Table):
    file_name = django_tables2.Column("File")
    target = django_tables2.Column("What")
    state = django_tables2.Column("State")
    uploaded_at = django_tables2.Column("Uploaded", attrs={"td": {"class": "peelsite-nowrap"}})
    uploaded_by = django_tables2.Column("By", order_by="uploaded_by__name", default="A command")
    new = NumberColumn("New", accessor="counts__new", orderable=False)
    changed = NumberColumn("Changed", accessor="counts__changed", orderable=False)
    refused = NumberColumn("Refused", accessor="counts__refused", orderable=False)

    class Meta:
        model = ImportBatch
        fields = ()
        sequence = ("file_name", "target", "state", "uploaded_at", "uploaded_by", "new", "changed", "refused")
        attrs = {"caption": "Imports", "caption_hidden": True, "row_headers": True}
        empty_text = "Nothing has been imported yet. Start with the posts, then the people in them."
        order_by = "-uploaded_at"

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)

    def render_file_name(self, value: str, record: ImportBatch) -> str:
        href = reverse("imports:batch", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def render_target(self, value: str) -> str:
        return target_of(value).label

    def render_state(self, record: ImportBatch) -> str:
        return render_to_string(
            "components/tag.html",
            {"text": record.get_state_display(), "colour": COLOURS.get(ImportState(record.state), "blue")},
        )

    def render_uploaded_at(self, value: Any) -> str:
        return date_format(timezone.localtime(value), "j M Y, H:i")
