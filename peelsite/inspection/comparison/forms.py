"""Leaving a force out of one comparison."""

from django import forms

from peelsite.forces.models import Force


class ExclusionForm(forms.Form):
    excluded = forms.ModelChoiceField(
        label="Force to leave out",
        queryset=Force.objects.none(),
        to_field_name="slug",
        empty_label="Choose a force",
    )
    reason = forms.CharField(
        label="Reason", max_length=200, help_text="Shown with the comparison, on pages and in summaries."
    )

    def __init__(self, *args, force: Force, compared: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["excluded"].queryset = Force.objects.filter(slug__in=compared).exclude(pk=force.pk)
