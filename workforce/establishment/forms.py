"""What HR fills in about posts."""

from typing import Any, ClassVar

from django import forms

from peelsite.forces.models import Force, Location, Unit
from peelsite.forces.selectors import opening_day
from peelsite.history.forms import ReasonedForm
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.establishment import services
from workforce.establishment.filters import UnitChoiceField
from workforce.establishment.models import FundingSource, Post, Rank, Role
from workforce.forms import LastDayField, last_day_of

_FTE = {
    "label": "FTE",
    "max_digits": 6,
    "decimal_places": 4,
    "help_text": "Full-time equivalent, for example 1 or 0.8",
    "widget": forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
}


class _PlacedForm(forms.Form):
    """Fields that say what a post is; choices are those of the force."""

    reference = forms.CharField(
        label="Post reference",
        max_length=30,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    rank = forms.ModelChoiceField(Rank.objects.none(), label="Rank or grade")
    role = forms.ModelChoiceField(Role.objects.none())
    unit = UnitChoiceField(queryset=Unit.objects.none())
    location = forms.ModelChoiceField(Location.objects.none())
    fte = forms.DecimalField(**_FTE)
    funding = forms.ModelChoiceField(FundingSource.objects.none())

    def __init__(self, *args: Any, force: Force, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.force = force
        for name, queryset in {
            "rank": Rank.objects.for_force(force),
            "role": Role.objects.of_force(force),
            "unit": Unit.objects.of_force(force).open_on(opening_day(force)).order_by("path"),
            "location": Location.objects.of_force(force),
            "funding": FundingSource.objects.of_force(force),
        }.items():
            if name in self.fields:
                self.fields[name].queryset = queryset


class PostCreateForm(_PlacedForm, ServiceForm):
    starts_on = GovukDateField(label="First day")
    ends_on = LastDayField(required=False, help_text="Leave empty for a post without an end")

    def write(self) -> Post:
        data = self.cleaned_data
        return services.post_create(
            force=self.force,
            starts_on=data["starts_on"],
            ends_before=self.first_day_after(),
            **{name: data[name] for name in ("reference", *services.REPROFILED)},
        )


class _OfPostForm(_PlacedForm, EditForm):
    columns: ClassVar = {"starts_on": "during.lower", "ends_on": "during.upper"}

    def __init__(self, *args: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, force=post.force, record=post, **kwargs)

    def shown(self, record: Post) -> dict[str, Any]:
        return {
            "reference": record.reference,
            "rank": record.rank_id,
            "role": record.role_id,
            "unit": record.unit_id,
            "location": record.location_id,
            "fte": record.fte.normalize(),
            "funding": record.funding_id,
            "starts_on": record.during.lower,
            "ends_on": last_day_of(record.during),
        }


class PostCorrectForm(ReasonedForm, _OfPostForm):
    rank = role = unit = location = fte = None
    starts_on = GovukDateField(label="First day")
    ends_on = LastDayField(required=False, help_text="Leave empty for a post without an end")

    def write(self) -> Post:
        data = self.cleaned_data
        return services.post_correct(
            post=self.record,
            reference=data["reference"],
            funding=data["funding"],
            starts_on=data["starts_on"],
            ends_before=self.first_day_after(),
            seen=self.seen,
        )


class PostEndForm(_OfPostForm):
    reference = rank = role = unit = location = fte = funding = None
    ends_on = LastDayField(help_text="The last day on which the post exists")

    def write(self) -> Post:
        return services.post_end(post=self.record, ends_before=self.first_day_after(), seen=self.seen)


class PostReprofileForm(_OfPostForm):
    """The successor's reference and first day are new: the old post keeps its own."""

    columns: ClassVar = {"reference": None, "starts_on": None}

    reference = forms.CharField(
        label="Reference of the new post",
        max_length=30,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-10"}),
    )
    starts_on = GovukDateField(
        label="First day of the new post", help_text="The present post ends on the day before"
    )

    def shown(self, record: Post) -> dict[str, Any]:
        shown = super().shown(record)
        return {name: shown[name] for name in services.REPROFILED}

    def write(self) -> Post:
        data = self.cleaned_data
        return services.post_reprofile(
            post=self.record,
            reference=data["reference"],
            starts_on=data["starts_on"],
            seen=self.seen,
            **{name: data[name] for name in services.REPROFILED},
        )
