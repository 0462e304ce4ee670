"""The lists of decisions and of actions."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.web.lists import DayColumn
from workforce.boards.decisions.calc import (
    Followed,
    Standing,
    decision_sentence,
    progress_sentence,
    standing,
)
from workforce.boards.decisions.models import BoardAction, Decision
from workforce.boards.decisions.selectors import followed_of, words_of

STANDING_COLOURS = {
    Standing.OPEN: "blue",
    Standing.PARTLY: "turquoise",
    Standing.LATE: "red",
    Standing.DONE: "green",
    Standing.DROPPED: "grey",
}


class DecisionTable(django_tables2.Table):
    """What boards decided and how it stands on a day; read by `decisions_followed`."""

    decision = django_tables2.Column("Decision", empty_values=(), orderable=False)
    state = django_tables2.Column(empty_values=(), orderable=False)
    progress = django_tables2.Column(empty_values=(), orderable=False)
    item = django_tables2.Column(order_by="item__title")
    effective_on = DayColumn(verbose_name="Effective")
    review_on = DayColumn(verbose_name="Review", accessor="review_day_on", order_by="review_day_on")
    owner = django_tables2.Column(accessor="action__owner", order_by="action__owner__name")
    board = DayColumn("Board", accessor="item__board__held_on")

    class Meta:
        model = Decision
        fields = ("decision", "state", "progress", "item", "effective_on", "review_on", "owner", "board")
        attrs = {"caption": "Decisions", "caption_hidden": True, "row_headers": True}
        empty_text = "No decisions match. Show another state, or clear the filter."
        order_by = "-board"

    def __init__(self, *args: Any, force: Any, day: Any, **kwargs: Any) -> None:
        self.force, self.day = force, day
        super().__init__(*args, **kwargs)

    def _followed(self, record: Decision) -> Followed:
        return followed_of(record, self.day)

    def render_decision(self, record: Decision) -> str:
        href = reverse("boards:decision-followed", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, self.value_decision(record))

    def value_decision(self, record: Decision) -> str:
        return decision_sentence(words_of(record))

    def render_state(self, record: Decision) -> str:
        found = standing(self._followed(record), self.day)
        return format_html(
            '<strong class="govuk-tag govuk-tag--{}">{}</strong>', STANDING_COLOURS[found], found.label
        )

    def value_state(self, record: Decision) -> str:
        return standing(self._followed(record), self.day).label

    def render_progress(self, record: Decision) -> str:
        return progress_sentence(self._followed(record), self.day)

    def value_progress(self, record: Decision) -> str:
        return self.render_progress(record)


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
