"""What HR enters about travel times."""

from typing import Any

from django import forms

from peelsite.forces.models import Force, Location
from peelsite.web.editing.forms import EditForm, ServiceForm
from workforce.travel import services
from workforce.travel.models import TravelTime


class _TimeForm(forms.Form):
    minutes = forms.IntegerField(
        label="Minutes by road",
        min_value=1,
        max_value=600,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        help_text="Both ways the same",
    )
    source = forms.CharField(
        label="Where the figure comes from",
        max_length=200,
        required=False,
        help_text="For example: measured by duty vehicles",
    )


class TimeCreateForm(_TimeForm, ServiceForm):
    origin = forms.ModelChoiceField(Location.objects.none(), label="Between")
    destination = forms.ModelChoiceField(Location.objects.none(), label="and")

    field_order = ("origin", "destination", "minutes", "source")

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("origin", "destination"):
            self.fields[name].queryset = Location.objects.of_force(force)

    def write(self) -> TravelTime:
        names = ("origin", "destination", "minutes", "source")
        return services.travel_time_create(**{name: self.cleaned_data[name] for name in names})


class TimeChangeForm(_TimeForm, EditForm):
    def shown(self, record: TravelTime) -> dict[str, Any]:
        return {"minutes": record.minutes, "source": record.source}

    def write(self) -> TravelTime:
        return services.travel_time_change(
            travel_time=self.record,
            minutes=self.cleaned_data["minutes"],
            source=self.cleaned_data["source"],
            seen=self.seen,
        )


class TimeRemoveForm(EditForm):
    """Says yes to going back to the estimate."""

    def shown(self, record: TravelTime) -> dict[str, Any]:
        return {}

    def write(self) -> TravelTime:
        services.travel_time_remove(travel_time=self.record, seen=self.seen)
        return self.record
