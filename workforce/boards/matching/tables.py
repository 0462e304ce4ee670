"""Lists of proposed moves and of minimum strengths."""

from typing import Any

import django_tables2
from django.urls import reverse
from django.utils.html import format_html

from peelsite.forces.models import Force
from peelsite.web.lists import DayColumn, FteColumn, RangeColumn
from peelsite.web.templatetags import peelsite_web
from workforce.boards.matching.models import AskedState, MinimumStrength, MoveProposal

_LOOKS = {"caption_hidden": True, "row_headers": True}


class MoveTable(django_tables2.Table):
    person = django_tables2.Column(order_by="person__family_name")
    post = django_tables2.Column(order_by="post__reference")
    unit = django_tables2.Column(accessor="post__unit", verbose_name="To unit")
    left = django_tables2.Column(accessor="left_post__unit", verbose_name="From unit", default="none")
    starts_on = DayColumn(verbose_name="From")
    state = django_tables2.Column()
    asked = django_tables2.Column(verbose_name="Answer", empty_values=(), orderable=False)
    proposed_at = DayColumn(verbose_name="Proposed")

    class Meta:
        model = MoveProposal
        fields: list[str] = []
        sequence = ("person", "post", "unit", "left", "starts_on", "state", "asked", "proposed_at")
        attrs = _LOOKS
        empty_text = "No move matches."

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)

    def render_person(self, value: Any, record: MoveProposal) -> str:
        href = reverse("boards:move-proposal", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_person(self, value: Any) -> str:
        return str(value)

    def render_asked(self, record: MoveProposal) -> str:
        answers = list(record.asked.all())
        if not answers:
            return "nobody to ask"
        waiting = [str(each.unit) for each in answers if each.state == AskedState.WAITING]
        return f"waits for {' and '.join(waiting)}" if waiting else "answered"

    def value_asked(self, record: MoveProposal) -> str:
        return self.render_asked(record)


class MinimumTable(django_tables2.Table):
    unit = django_tables2.Column(order_by="unit__name")
    rank = django_tables2.Column(order_by="rank__order", default="Everyone")
    fte = FteColumn(verbose_name="Least FTE")
    strength = FteColumn(verbose_name="FTE now", orderable=False, empty_values=())
    during = RangeColumn(verbose_name="Dates")
    reason = django_tables2.Column(verbose_name="Reckoned from")

    class Meta:
        model = MinimumStrength
        fields: list[str] = []
        sequence = ("unit", "rank", "fte", "strength", "during", "reason")
        attrs = _LOOKS
        empty_text = "No minimum strength is set."

    def __init__(
        self, *args: Any, force: Force, editable: frozenset[int], strength: dict[Any, Any], **kwargs: Any
    ) -> None:
        self.force, self.editable, self.strength = force, editable, strength
        super().__init__(*args, **kwargs)

    def render_unit(self, value: Any, record: MinimumStrength) -> Any:
        if record.pk not in self.editable:
            return value
        href = reverse("boards:minimum", args=[self.force.slug, record.pk])
        return format_html('<a class="govuk-link" href="{}">{}</a>', href, value)

    def value_unit(self, value: Any) -> str:
        return str(value)

    def render_strength(self, record: MinimumStrength) -> Any:

        return peelsite_web.fte(self.strength.get((record.unit_id, record.rank_id), 0))

    def value_strength(self, record: MinimumStrength) -> Any:
        return self.strength.get((record.unit_id, record.rank_id), 0)
