"""How the lists of decisions and actions are narrowed."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from peelsite.forces.selectors import opening_day
from peelsite.web.lists import DayFilter
from workforce.boards.decisions.calc import Standing
from workforce.boards.decisions.models import BoardAction, Decision, DecisionKind, FillSource
from workforce.boards.decisions.selectors import standing_filter
from workforce.boards.meetings.models import Board

SHOWN = [
    ("open", "Open"),
    ("overdue", "Open and overdue"),
    ("closed", "Done or dropped"),
    ("all", "All"),
]


def _boards(request: Any) -> QuerySet[Board]:
    return Board.objects.of_force(request.force).with_frozen_pack().select_related("series")


STANDINGS = [(each.value, each.label) for each in Standing]


class DecisionFilter(django_filters.FilterSet):
    """Decisions over boards, by how they stand on the opening day."""

    state = django_filters.ChoiceFilter(
        label="State", choices=STANDINGS, method="narrow", empty_label="Any state"
    )
    board = django_filters.ModelChoiceFilter(
        label="Board", field_name="item__board", queryset=_boards, empty_label="Any board"
    )
    kind = django_filters.ChoiceFilter(
        label="Decision", choices=DecisionKind.choices, empty_label="Any decision"
    )
    source = django_filters.ChoiceFilter(
        label="Where from", choices=FillSource.choices, empty_label="Anywhere"
    )

    class Meta:
        model = Decision
        fields = ["state", "board", "kind", "source"]

    def narrow(self, queryset: Any, name: str, value: str) -> Any:
        return standing_filter(queryset, value, opening_day(self.request.force))


class DecisionApiFilter(django_filters.FilterSet):
    """`?state=late` is judged on `?day=2016-03-31`, and needs it: forces have opening days of their own."""

    state = django_filters.ChoiceFilter(choices=STANDINGS, method="narrow")
    day = django_filters.DateFilter(method="keep", help_text="The day on which `state` is judged.")

    class Meta:
        model = Decision
        fields = ["item", "item__board", "kind", "source", "owner", "state", "day"]

    def keep(self, queryset: Any, name: str, value: Any) -> Any:
        return queryset

    def narrow(self, queryset: Any, name: str, value: str) -> Any:
        day = self.form.cleaned_data.get("day")
        return queryset.none() if day is None else standing_filter(queryset, value, day)


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
