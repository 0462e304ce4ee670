import django_tables2 as tables
from django.urls import reverse
from django.utils.html import format_html

from peelsite.mail.models import OutboxMessage


class OutboxTable(tables.Table):
    subject = tables.Column()
    recipients = tables.Column(verbose_name="To")
    kept_at = tables.DateTimeColumn(verbose_name="Kept", format="j F Y, H:i")

    class Meta:
        model = OutboxMessage
        fields = ("subject", "recipients", "kept_at")
        attrs = {"caption": "Messages", "caption_hidden": True, "row_headers": True}
        empty_text = "Nothing has been sent yet."

    def __init__(self, *args, force, **kwargs):
        self.force = force
        super().__init__(*args, **kwargs)

    def render_subject(self, value, record):
        url = reverse("mail:message", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', url, value)

    def value_subject(self, value):
        return value
