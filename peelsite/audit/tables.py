import django_tables2 as tables

from peelsite.audit.models import SensitiveRead
from peelsite.web.templatetags import peelsite_web

NAMES_SHOWN = 3


def subjects_in_words(read: SensitiveRead, *, may_see_people: bool) -> str:
    """'Alex Sample (1187)', 'Alex Sample (1187) and 41 others', or only how many."""
    count = len(read.labels)
    if not may_see_people or not count:
        return peelsite_web.counted(count, "person,people")
    named = ", ".join(read.labels[:NAMES_SHOWN])
    left = count - NAMES_SHOWN
    return f"{named} and {peelsite_web.counted(left, 'other,others')}" if left > 0 else named


class SensitiveReadTable(tables.Table):
    at = tables.DateTimeColumn(verbose_name="When", format="j F Y, H:i")
    user = tables.Column(verbose_name="By", default="A command", order_by="user__name")
    kind = tables.Column(verbose_name="What")
    subjects = tables.Column(verbose_name="Of whom", empty_values=(), orderable=False)
    reason = tables.Column(orderable=False)
    request_id = tables.Column(verbose_name="Request", orderable=False)

    class Meta:
        model = SensitiveRead
        fields = ("at", "user", "kind", "subjects", "reason", "request_id")
        attrs = {"caption": "Sensitive reads", "caption_hidden": True}
        empty_text = "Nothing sensitive was read."

    def __init__(self, *args, may_see_people: bool, **kwargs) -> None:
        self.may_see_people = may_see_people
        super().__init__(*args, **kwargs)

    def render_subjects(self, record: SensitiveRead) -> str:
        return subjects_in_words(record, may_see_people=self.may_see_people)

    def render_request_id(self, value: str) -> str:
        return value[:8]

    def value_subjects(self, record: SensitiveRead) -> str:
        return "; ".join(record.labels) if self.may_see_people else str(len(record.labels))

    def value_request_id(self, value: str) -> str:
        return value
