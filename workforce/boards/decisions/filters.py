"""How the list of actions is narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from peelsite.forces.selectors import opening_day
from peelsite.web.lists import DayFilter
from workforce.boards.decisions.models import BoardAction
from workforce.boards.meetings.models import Board

SHOWN = [
    ("open", "Open"),
    ("overdue", "Open and overdue"),
    ("closed", "Done or dropped"),
    ("all", "All"),
]


def _boards(request: Any) -> QuerySet[Board]:
    return Board.objects.of_force(request.force).with_frozen_pack().select_related("series")


class ActionFilter(django_filters.FilterSet):
    """`?on=2016-03-31` shows what was open and overdue on that day: the rows of the indicator."""

    shown = django_filters.ChoiceFilter(
        label="Show", choices=SHOWN, method="narrow", empty_label=None, initial="open"
    )
    board = django_filters.ModelChoiceFilter(label="Agreed by", queryset=_boards, empty_label="Any board")
    on = DayFilter(label="Overdue on", method="overdue_on")

    class Meta:
        model = BoardAction
        fields = ["shown", "board", "on"]

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        data = data.copy()
        has_day = any(name == "on" or (name.startswith("on_") and data[name]) for name in data)
        data.setdefault("shown", "all" if has_day else "open")
        super().__init__(data, *args, **kwargs)

    def narrow(self, queryset: Any, name: str, value: str) -> Any:
        day = opening_day(self.request.force)
        narrowed = {
            "open": queryset.open,
            "overdue": lambda: queryset.overdue_at(day),
            "closed": lambda: queryset.exclude(state="open"),
        }
        return narrowed[value]() if value in narrowed else queryset

    def overdue_on(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset.overdue_at(value) if value else queryset
