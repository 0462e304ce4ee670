"""The list of actions."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.web.lists import DayColumn
from workforce.boards.decisions.models import BoardAction


class ActionTable(django_tables2.Table):
    text = django_tables2.Column("Action")
    owner = django_tables2.Column(order_by="owner__name")
    due_on = DayColumn(verbose_name="Due")
    state = django_tables2.Column()
    board = DayColumn("Agreed", accessor="board__held_on")
    closed_on = DayColumn(verbose_name="Closed")
    closed_reason = django_tables2.Column("Remark", default="")

    class Meta:
        model = BoardAction
        fields = ("text", "owner", "due_on", "state", "board", "closed_on", "closed_reason")
        attrs = {"caption": "Actions", "caption_hidden": True, "row_headers": True}
        empty_text = "No actions match. Show all of them, or clear the filter."
        order_by = "due_on"

    def __init__(self, *args: Any, force: Any, day: Any, **kwargs: Any) -> None:
        self.force, self.day = force, day
        super().__init__(*args, **kwargs)

    def render_text(self, value: str, record: BoardAction) -> str:
        href = reverse("boards:action", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_text(self, value: str) -> str:
        return value

    def render_state(self, value: str, record: BoardAction) -> str:
        late = record.is_late_on(self.day)
        colour = {"open": "blue", "done": "green", "dropped": "grey"}[record.state]
        return format_html(
            '<strong class="govuk-tag govuk-tag--{}">{}</strong>',
            "red" if late else colour,
            "Overdue" if late else value,
        )

    def value_state(self, value: str, record: BoardAction) -> str:
        return "Overdue" if record.is_late_on(self.day) else value
