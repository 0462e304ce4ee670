"""The day that figures are wanted for."""

from django import forms

from peelsite.web.forms import GovukDateField


class DayForm(forms.Form):
    mark_optional = False

    on = GovukDateField(label="Figures as at", help_text="For example, 31 3 2016")
