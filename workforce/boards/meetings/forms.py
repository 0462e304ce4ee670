"""What HR fills in about the schedule."""

from typing import Any

from django import forms

from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.forms import ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.meetings.services import board_move, series_change, series_create

_NARROW = {"class": "govuk-input--width-4", "inputmode": "numeric"}


def _whole(label: str, help_text: str, initial: int, largest: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        initial=initial,
        min_value=0,
        max_value=largest,
        widget=forms.TextInput(attrs=_NARROW),
    )


class SeriesForm(ServiceForm):
    """Sets a board up, or changes how often it meets and what comes before it."""

    name = forms.CharField(max_length=100, initial="Establishment board")
    interval_months = _whole("Months between meetings", "2 is a meeting every two months, six a year", 2, 12)
    first_meeting_on = GovukDateField(
        label="First meeting", help_text="Later meetings are counted from this day, for example 4 2 2016"
    )
    pack_days_before = _whole(
        "Days from pack to meeting", "The pack counts the figures of this many days before the meeting", 6, 60
    )
    gap_threshold_fte = forms.DecimalField(
        label="Gap that comes before the board (FTE)",
        help_text="Under or over by this much in one rank, role, location and unit",
        initial="2",
        min_value=0,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={**_NARROW, "inputmode": "decimal"}),
    )
    vacancy_days = _whole(
        "Days vacant that come before the board", "A post vacant for longer, whatever the gap", 180, 9999
    )
    funding_months = _whole(
        "Months of notice of funding that ends", "Posts whose funding ends within this time", 6, 36
    )

    def __init__(self, *args: Any, force: Force, series: BoardSeries | None = None, **kwargs: Any) -> None:
        self.force, self.series = force, series
        if series is not None:
            names = [name for name in self.base_fields if name != "version"]
            kwargs["initial"] = {name: getattr(series, name) for name in names}
        super().__init__(*args, **kwargs)

    def write(self) -> BoardSeries:
        fields = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        day = opening_day(self.force)
        if self.series is None:
            return series_create(force=self.force, day=day, **fields)
        return series_change(series=self.series, day=day, **fields)


class MoveForm(ServiceForm):
    """Another day for one meeting."""

    held_on = GovukDateField(label="Meeting")
    pack_on = GovukDateField(
        label="Pack day", required=False, help_text="The day whose figures the pack counts"
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        self.board = board
        kwargs["initial"] = {"held_on": board.held_on, "pack_on": board.pack_on}
        super().__init__(*args, **kwargs)
        if not board.is_scheduled:
            del self.fields["pack_on"]

    def write(self) -> Board:
        return board_move(
            board=self.board,
            held_on=self.cleaned_data["held_on"],
            pack_on=self.cleaned_data.get("pack_on"),
        )
