from datetime import timedelta

from django import forms
from django.utils import timezone

from peelsite.accounts.models import User
from peelsite.audit.services import SHORTEST_REASON
from peelsite.audit.tracked import TrackedTable
from peelsite.forces.models import Force
from peelsite.web.forms import GovukDateField

DAYS_AT_FIRST = 30


class ChangesForm(forms.Form):
    """Which changes: of a table, by a user, between two days; by default all of the last 30 days."""

    mark_optional = False

    table = forms.ChoiceField(required=False, label="Records")
    user = forms.ModelChoiceField(
        queryset=User.objects.none(), required=False, label="By", empty_label="Anybody"
    )
    first = GovukDateField(required=False, label="From")
    last = GovukDateField(required=False, label="To")

    def __init__(self, data, *, force: Force, tables: dict[str, TrackedTable]) -> None:
        today = timezone.localdate()
        self.days = {"first": today - timedelta(days=DAYS_AT_FIRST), "last": today}
        super().__init__(data or None, initial=self.days)
        self.fields["table"].choices = [
            ("", "All records"),
            *((name, table.title) for name, table in tables.items()),
        ]
        self.fields["user"].queryset = (
            User.objects.filter(memberships__force=force).distinct().order_by("name")
        )

    def chosen(self) -> dict:
        """table, user, first, last; what is wrong or left out falls back to the default."""
        self.is_valid()
        cleaned = getattr(self, "cleaned_data", {})
        return {
            "table": cleaned.get("table") or "",
            "user": cleaned.get("user"),
            "first": cleaned.get("first") or self.days["first"],
            "last": cleaned.get("last") or self.days["last"],
        }


class ReadReasonForm(forms.Form):
    """Why somebody needs to see what is kept of a person."""

    reason = forms.CharField(
        label="Why do you need to see this?",
        help_text="It is kept with your name and the time, and those who look after history can read it",
        min_length=SHORTEST_REASON,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why you need to see this"},
    )
