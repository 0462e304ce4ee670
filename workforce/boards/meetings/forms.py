"""What HR fills in about the schedule."""

from typing import Any

from django import forms

from peelsite.forces.models import Force
from peelsite.forces.selectors import opening_day
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.boards.meetings.models import Board, BoardSeries
from workforce.boards.meetings.services import board_move, series_change, series_close, series_create

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


class _SeriesForm(forms.Form):
    """How often a board meets, and what comes before it."""

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
    temporary_days = _whole(
        "Days of temporary promotion that come before the board", "In one posting, without a break", 365, 9999
    )
    funding_months = _whole(
        "Months of notice of funding that ends", "Posts whose funding ends within this time", 6, 36
    )
    secondment_months = _whole(
        "Months of notice of secondments that end", "In or out, within this time", 3, 36
    )
    projection_months = _whole(
        "Months looked ahead", "Projected gaps and shortages of skills within this time", 12, 48
    )
    projected_gap_fte = forms.DecimalField(
        label="Projected gap that comes before the board (FTE)",
        help_text="Under establishment by more than this in one rank, role, location and unit",
        initial="2",
        min_value=0,
        max_digits=6,
        decimal_places=2,
        widget=forms.TextInput(attrs={**_NARROW, "inputmode": "decimal"}),
    )
    projected_chance = _whole(
        "Chance of it, per cent", "50 is more likely than not: how likely the projected gap must be", 50, 100
    )


class SeriesCreateForm(_SeriesForm, ServiceForm):
    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        self.force = force
        super().__init__(*args, **kwargs)

    def write(self) -> BoardSeries:
        return series_create(force=self.force, day=opening_day(self.force), **_given(self))


class SeriesChangeForm(_SeriesForm, EditForm):
    def __init__(self, *args: Any, series: BoardSeries, **kwargs: Any) -> None:
        super().__init__(*args, record=series, **kwargs)

    def shown(self, record: BoardSeries) -> dict[str, Any]:
        return {name: getattr(record, name) for name in _SeriesForm.base_fields}

    def write(self) -> BoardSeries:
        day = opening_day(self.record.force)
        return series_change(series=self.record, day=day, seen=self.seen, **_given(self))


class SeriesCloseForm(EditForm):
    closed_on = GovukDateField(
        label="Closed from",
        required=False,
        help_text="The first day on which it does not meet any more. Leave empty to open it again",
    )

    def __init__(self, *args: Any, series: BoardSeries, **kwargs: Any) -> None:
        super().__init__(*args, record=series, **kwargs)
        if series.closed_on is None:
            self.fields["closed_on"].required = True
            self.fields["closed_on"].help_text = "The first day on which it does not meet any more"

    def shown(self, record: BoardSeries) -> dict[str, Any]:
        return {"closed_on": record.closed_on}

    def write(self) -> BoardSeries:
        return series_close(
            series=self.record,
            closed_on=self.cleaned_data["closed_on"],
            day=opening_day(self.record.force),
            seen=self.seen,
        )


def _given(form: forms.Form) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in _SeriesForm.base_fields}


class MoveForm(EditForm):
    """Another day for one meeting."""

    held_on = GovukDateField(label="Meeting")
    pack_on = GovukDateField(
        label="Pack day", required=False, help_text="The day whose figures the pack counts"
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, record=board, **kwargs)
        if not board.is_scheduled:
            del self.fields["pack_on"]

    def shown(self, record: Board) -> dict[str, Any]:
        return {"held_on": record.held_on, "pack_on": record.pack_on}

    def write(self) -> Board:
        return board_move(
            board=self.record,
            held_on=self.cleaned_data["held_on"],
            pack_on=self.cleaned_data.get("pack_on"),
            seen=self.seen,
        )
