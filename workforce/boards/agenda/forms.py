"""What HR mends on an agenda by hand, always with a reason."""

from typing import Any, ClassVar

from django import forms

from peelsite.accounts.models import User
from peelsite.forces.models import Location, Unit
from peelsite.web.editing.forms import EditForm, ServiceForm
from workforce.boards.agenda.models import AgendaItem
from workforce.boards.agenda.services import item_add, item_move, item_remove
from workforce.boards.meetings.models import Board
from workforce.establishment.calc import CellKey
from workforce.establishment.filters import UnitChoiceField
from workforce.establishment.models import Rank, Role

_REASON = forms.Textarea(attrs={"rows": 3})
_CELL = ("rank", "role", "location", "unit")


class ItemAddForm(ServiceForm):
    """A question in words, or a cell whose figures the board is to see."""

    title = forms.CharField(
        label="What the board is asked",
        max_length=300,
        required=False,
        help_text="Leave empty to name the item after its rank, role, location and unit",
    )
    reason = forms.CharField(label="Why it comes before the board", widget=_REASON)
    rank = forms.ModelChoiceField(Rank.objects.none(), label="Rank or grade", required=False)
    role = forms.ModelChoiceField(Role.objects.none(), required=False)
    location = forms.ModelChoiceField(Location.objects.none(), required=False)
    unit = UnitChoiceField(queryset=Unit.objects.none(), required=False)

    def __init__(self, *args: Any, board: Board, user: User, **kwargs: Any) -> None:
        self.board, self.user = board, user
        super().__init__(*args, **kwargs)
        force = board.force
        self.fields["rank"].queryset = Rank.objects.for_force(force)
        self.fields["role"].queryset = Role.objects.of_force(force)
        self.fields["location"].queryset = Location.objects.of_force(force)
        self.fields["unit"].queryset = Unit.objects.of_force(force).order_by("path")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        missing = [name for name in _CELL if not data.get(name)]
        if 0 < len(missing) < len(_CELL):
            for name in missing:
                self.add_error(name, f"Select a {name}, or clear all four")
        return data

    def write(self) -> AgendaItem:
        data = self.cleaned_data
        cell = CellKey(**{f"{name}_id": data[name].pk for name in _CELL}) if data["rank"] else None
        return item_add(
            board=self.board, title=data["title"], reason=data["reason"], cell=cell, user=self.user
        )


class ItemRemoveForm(EditForm):
    columns: ClassVar = {"reason": None}
    # Its place changes with every item that goes before it.
    ignored = frozenset({"position"})

    reason = forms.CharField(label="Why it comes off the agenda", max_length=300, widget=_REASON)

    def __init__(self, *args: Any, item: AgendaItem, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=item, **kwargs)

    def shown(self, record: AgendaItem) -> dict[str, Any]:
        return {}

    def write(self) -> AgendaItem:
        return item_remove(
            item=self.record, reason=self.cleaned_data["reason"], user=self.user, seen=self.seen
        )


class ItemMoveForm(EditForm):
    columns: ClassVar = {"reason": None}

    position = forms.IntegerField(
        label="Place on the agenda",
        help_text="1 is first",
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
    )
    reason = forms.CharField(label="Why it changes its place", max_length=300, widget=_REASON)

    def __init__(self, *args: Any, item: AgendaItem, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=item, **kwargs)

    def shown(self, record: AgendaItem) -> dict[str, Any]:
        return {"position": record.position}

    def write(self) -> AgendaItem:
        data = self.cleaned_data
        return item_move(
            item=self.record,
            position=data["position"],
            reason=data["reason"],
            user=self.user,
            seen=self.seen,
        )
