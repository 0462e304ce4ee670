"""Why something is changed: a sentence that travels into the history with the change."""

from typing import Any

import pghistory
from django import forms

SHORTEST_REASON = 5


class ReasonField(forms.CharField):
    """One sentence, at least SHORTEST_REASON characters of it where it is required."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Why is this changed?")
        kwargs.setdefault("help_text", "One sentence, kept in the history for whoever looks back")
        kwargs.setdefault("max_length", 500)
        kwargs.setdefault("min_length", SHORTEST_REASON)
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 2}))
        super().__init__(**kwargs)
        self.error_messages["required"] = "Say why this is changed"


class ReasonedForm(forms.Form):
    """First among the bases of a form that corrects what was written down; its `saved` writes.

    The sentence stands beside every row version that the change writes.
    """

    change_reason = ReasonField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Last on the page, whatever order the other bases bring.
        self.fields["change_reason"] = self.fields.pop("change_reason")

    def saved(self) -> Any:
        if not self.is_valid():
            return super().saved()
        with pghistory.context(reason=self.cleaned_data["change_reason"]):
            return super().saved()
