"""Leaving a force out of one comparison."""

from django import forms

from peelsite.forces.models import Force
from peelsite.inspection.comparison.models import ComparisonExclusion
from peelsite.inspection.comparison.services import exclusion_add
from peelsite.web.editing.forms import ServiceForm


class ExclusionForm(ServiceForm):
    excluded = forms.ModelChoiceField(
        label="Force to leave out",
        queryset=Force.objects.none(),
        to_field_name="slug",
        empty_label="Choose a force",
    )
    reason = forms.CharField(
        label="Reason", max_length=200, help_text="Shown with the comparison, on pages and in summaries."
    )

    def __init__(self, *args, force: Force, measure: str, user, compared: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.force, self.measure, self.user = force, measure, user
        self.fields["excluded"].queryset = Force.objects.filter(slug__in=compared).exclude(pk=force.pk)

    def write(self) -> ComparisonExclusion:
        return exclusion_add(
            force=self.force,
            measure=self.measure,
            excluded=self.cleaned_data["excluded"],
            reason=self.cleaned_data["reason"],
            user=self.user,
        )
