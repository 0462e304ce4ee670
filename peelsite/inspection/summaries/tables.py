import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from peelsite.inspection.summaries.models import Summary
from peelsite.web.lists import DayColumn, NumberColumn


class SummaryTable(tables.Table):
    title = tables.Column(verbose_name="Issue")
    cadence = tables.Column(verbose_name="Kind")
    as_at = DayColumn(verbose_name="Figures as at")
    state = tables.Column()
    sent = NumberColumn(verbose_name="Messages sent")
    in_trouble = NumberColumn(verbose_name="Need attention")

    class Meta:
        model = Summary
        fields = ("title", "cadence", "as_at", "state", "sent", "in_trouble")
        attrs = {"caption": "Summaries", "caption_hidden": True, "row_headers": True}
        empty_text = "No summary has been written yet."

    def __init__(self, *args, force, **kwargs):
        self.force = force
        super().__init__(*args, **kwargs)

    def render_title(self, value, record):
        url = reverse("inspection:summary", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, value[:1].upper() + value[1:])

    def value_title(self, value):
        return value

    def render_state(self, value, record):
        return "Stopped: see its page" if record.is_stopped else value

    def render_sent(self, value, record):
        return f"{value} of {record.messages}"

    def value_sent(self, value):
        return value
