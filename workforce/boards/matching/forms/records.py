"""What is filled in about minimum strengths, the force's numbers, and what people would like."""

from datetime import date
from typing import Any, ClassVar

from django import forms

from peelsite.accounts.models import User
from peelsite.accounts.reach import Reach
from peelsite.forces.models import Force, Location, Unit
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.boards.matching import services
from workforce.boards.matching.models import (
    FlexiblePattern,
    FlexibleWorking,
    MatchingSettings,
    MinimumStrength,
    MovePreference,
    PromotionPlace,
    PromotionStanding,
)
from workforce.boards.matching.selectors.records import roles_open_to
from workforce.establishment.filters import UnitChoiceField
from workforce.establishment.models import Rank, Role
from workforce.forms import LastDayField, last_day_of
from workforce.people.models import Person

_SHORT = {"class": "govuk-input--width-5", "autocomplete": "off", "inputmode": "decimal"}


class _MinimumForm(forms.Form):
    fte = forms.DecimalField(
        label="Least FTE",
        max_digits=8,
        decimal_places=4,
        min_value=0,
        widget=forms.TextInput(attrs=_SHORT),
        help_text="Of those posted in the unit itself; teams below it have their own",
    )
    starts_on = GovukDateField(label="From")
    ends_on = LastDayField(required=False, help_text="Leave empty if it holds until it is changed")
    reason = forms.CharField(
        label="What it is reckoned from",
        max_length=200,
        help_text="For example: four on each of five shifts, and one in five away",
    )


class MinimumCreateForm(_MinimumForm, ServiceForm):
    unit = UnitChoiceField(queryset=Unit.objects.none())
    rank = forms.ModelChoiceField(Rank.objects.none(), required=False, empty_label="Everyone in the unit")

    field_order = ("unit", "rank", "fte", "starts_on", "ends_on", "reason")

    def __init__(self, *args: Any, force: Force, user: User, reach: Reach, day: date, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, initial={"starts_on": day}, **kwargs)
        units = Unit.objects.of_force(force).open_on(day).filter(reach.in_units("path"))
        self.fields["unit"].queryset = units.order_by("path")
        self.fields["rank"].queryset = Rank.objects.for_force(force)

    def write(self) -> MinimumStrength:
        data = self.cleaned_data
        return services.minimum_strength_create(
            unit=data["unit"],
            rank=data["rank"],
            fte=data["fte"],
            starts_on=data["starts_on"],
            ends_before=self.first_day_after(),
            reason=data["reason"],
            user=self.user,
        )


class MinimumChangeForm(_MinimumForm, EditForm):
    columns: ClassVar[dict[str, str | None]] = {"starts_on": "during.lower", "ends_on": "during.upper"}

    def __init__(self, *args: Any, minimum: MinimumStrength, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=minimum, **kwargs)

    def shown(self, record: MinimumStrength) -> dict[str, Any]:
        return {
            "fte": record.fte,
            "starts_on": record.during.lower,
            "ends_on": last_day_of(record.during),
            "reason": record.reason,
        }

    def write(self) -> MinimumStrength:
        data = self.cleaned_data
        return services.minimum_strength_change(
            minimum=self.record,
            fte=data["fte"],
            starts_on=data["starts_on"],
            ends_before=self.first_day_after(),
            reason=data["reason"],
            user=self.user,
            seen=self.seen,
        )


class MinimumRemoveForm(EditForm):
    def __init__(self, *args: Any, minimum: MinimumStrength, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=minimum, **kwargs)

    def shown(self, record: MinimumStrength) -> dict[str, Any]:
        return {}

    def write(self) -> MinimumStrength:
        services.minimum_strength_remove(minimum=self.record, user=self.user, seen=self.seen)
        return self.record


class SettingsForm(EditForm):
    minimum_tenure_months = forms.IntegerField(
        label="Months that somebody should stay in a post",
        min_value=0,
        max_value=120,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        help_text="Who has been in theirs for less is shown with a reason against, and may still be chosen",
    )
    answer_days = forms.IntegerField(
        label="Days in which a head of a unit answers",
        min_value=1,
        max_value=60,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        help_text="After these a proposal shows that nobody has answered",
    )

    def shown(self, record: MatchingSettings) -> dict[str, Any]:
        return {
            "minimum_tenure_months": record.minimum_tenure_months,
            "answer_days": record.answer_days,
        }

    def write(self) -> MatchingSettings:
        data = self.cleaned_data
        return services.matching_settings_change(
            force=self.record.force,
            minimum_tenure_months=data["minimum_tenure_months"],
            answer_days=data["answer_days"],
            seen=self.seen,
        )


class PreferenceForm(EditForm):
    columns: ClassVar[dict[str, str | None]] = {}

    wants_move = forms.TypedChoiceField(
        label="Would you like to move to another post?",
        choices=[("yes", "Yes"), ("no", "No")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    not_before = GovukDateField(label="Not before", required=False)
    roles = forms.ModelMultipleChoiceField(
        Role.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label="Roles"
    )
    locations = forms.ModelMultipleChoiceField(
        Location.objects.none(), required=False, widget=forms.CheckboxSelectMultiple, label="Locations"
    )
    unit = UnitChoiceField(queryset=Unit.objects.none(), required=False, empty_label="Any")
    remarks = forms.CharField(
        label="Anything else",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Only you and HR read this. Heads of units do not",
    )

    def __init__(self, *args: Any, preference: MovePreference, is_own: bool, **kwargs: Any) -> None:
        super().__init__(*args, record=preference, **kwargs)
        force = preference.force
        if not is_own:
            self.fields["wants_move"].label = "Would they like to move to another post?"
            self.fields["remarks"].help_text = "Only they and HR read this. Heads of units do not"
        self.fields["roles"].queryset = roles_open_to(preference.person)
        self.fields["locations"].queryset = Location.objects.of_force(force)
        units = Unit.objects.of_force(force).filter(closed_on__isnull=True)
        self.fields["unit"].queryset = units.order_by("path")

    def shown(self, record: MovePreference) -> dict[str, Any]:
        wishes = list(record.wishes.all()) if record.pk else []
        return {
            "wants_move": ("yes" if record.wants_move else "no") if record.pk else None,
            "not_before": record.not_before,
            "roles": [wish.role_id for wish in wishes if wish.role_id],
            "locations": [wish.location_id for wish in wishes if wish.location_id],
            "unit": next((wish.unit_id for wish in wishes if wish.unit_id), None),
            "remarks": record.remarks,
        }

    def write(self) -> MovePreference:
        data = self.cleaned_data
        return services.preference_set(
            person=self.record.person,
            seen=self.seen,
            unit=data["unit"],
            **{name: data[name] for name in ("wants_move", "not_before", "roles", "locations", "remarks")},
        )


class _OfPersonForm(ServiceForm):
    starts_on = GovukDateField(label="From")
    ends_on = LastDayField(required=False)

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)


class FlexibleForm(_OfPersonForm):
    pattern = forms.ChoiceField(label="Kind", choices=FlexiblePattern)
    hours = forms.CharField(
        label="Agreed hours", max_length=200, help_text="For example: Monday to Thursday, 8am to 6pm"
    )
    fte = forms.DecimalField(
        label="FTE",
        max_digits=5,
        decimal_places=4,
        min_value=0,
        max_value=1,
        initial=1,
        widget=forms.TextInput(attrs=_SHORT),
    )
    review_on = GovukDateField(label="To be reviewed on")

    field_order = ("pattern", "hours", "fte", "starts_on", "ends_on", "review_on")

    def write(self) -> FlexibleWorking:
        data = self.cleaned_data
        return services.flexible_working_record(
            person=self.person,
            ends_before=self.first_day_after(),
            **{name: data[name] for name in ("pattern", "hours", "fte", "starts_on", "review_on")},
        )


class PromotionForm(_OfPersonForm):
    rank = forms.ModelChoiceField(Rank.objects.none(), label="For the rank")
    standing = forms.ChoiceField(choices=PromotionStanding, widget=forms.RadioSelect)

    field_order = ("rank", "standing", "starts_on", "ends_on")

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, person=person, **kwargs)
        self.fields["rank"].queryset = Rank.objects.for_force(person.force)

    def write(self) -> PromotionPlace:
        data = self.cleaned_data
        return services.promotion_place_record(
            person=self.person,
            rank=data["rank"],
            standing=data["standing"],
            starts_on=data["starts_on"],
            ends_before=self.first_day_after(),
        )


class _EndForm(EditForm):
    columns: ClassVar[dict[str, str | None]] = {"ends_on": "during.upper"}
    ends_on = LastDayField()

    def shown(self, record: Any) -> dict[str, Any]:
        return {"ends_on": last_day_of(record.during)}


class FlexibleEndForm(_EndForm):
    def write(self) -> FlexibleWorking:
        return services.flexible_working_end(
            agreement=self.record, ends_before=self.first_day_after(), seen=self.seen
        )


class PromotionEndForm(_EndForm):
    def write(self) -> PromotionPlace:
        return services.promotion_place_end(
            place=self.record, ends_before=self.first_day_after(), seen=self.seen
        )
