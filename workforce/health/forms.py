"""What is asked before health records open."""

from django import forms

from workforce.health.reasons import LONGEST, SHORTEST


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Why do you need to see health records?",
        widget=forms.Textarea(attrs={"rows": 3}),
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text="For example: absence review meeting of custody officers on 4 April. "
        "It is kept with your name and every record you open in the next 30 minutes.",
        error_messages={
            "required": "Say why you need to see health records",
            "min_length": f"Say in at least {SHORTEST} characters why you need to see health records",
        },
    )
