"""What a unit head fills in: from when, and how."""

from datetime import date
from typing import Any

from django import forms

from peelsite.accounts.models import User
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.editing.records import Overtaken
from peelsite.web.forms import GovukDateField
from workforce.boards.decisions.models import PostToFill, ToFillState
from workforce.boards.matching.services import KIND_BY_SOURCE, MATCH_KINDS, match_undo, post_match
from workforce.forms import LastDayField
from workforce.people.models import Person, PostingKind


class SearchForm(forms.Form):
    mark_optional = False
    search = forms.CharField(label="Name or number", required=False, max_length=80)


class UndoForm(EditForm):
    """Says yes to taking a match back."""

    def __init__(self, *args: Any, to_fill: PostToFill, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=to_fill, **kwargs)

    def shown(self, record: PostToFill) -> dict[str, Any]:
        return {}

    def write(self) -> PostToFill:
        return match_undo(to_fill=self.record, user=self.user, seen=self.seen)


class MatchForm(ServiceForm):
    starts_on = GovukDateField(label="First day in the post")
    kind = forms.ChoiceField(
        label="How",
        choices=[(kind.value, kind.label) for kind in MATCH_KINDS],
        widget=forms.RadioSelect,
        help_text="A substantive move ends the present posting; the others leave it theirs",
    )
    ends_on = LastDayField(
        required=False, help_text="For acting, temporary promotion and attachment, where it is known"
    )

    def __init__(
        self,
        *args: Any,
        to_fill: PostToFill,
        person: Person,
        user: User,
        day: date,
        is_candidate: bool,
        **kwargs: Any,
    ) -> None:
        self.to_fill, self.person, self.user, self.day = to_fill, person, user, day
        self.is_candidate = is_candidate
        decision = to_fill.decision
        kwargs["initial"] = {
            "starts_on": decision.effective_on,
            "kind": KIND_BY_SOURCE.get(decision.source, PostingKind.SUBSTANTIVE),
        }
        super().__init__(*args, **kwargs)

    def write(self) -> PostToFill:
        data = self.cleaned_data
        if not self.is_candidate and self.to_fill.state == ToFillState.WAITING:
            raise Overtaken(
                f"{self.person} can no longer take post {self.to_fill.post.reference}: they changed post, "
                "left or are absent since you opened this page. Choose another person."
            )
        return post_match(
            to_fill=self.to_fill,
            person=self.person,
            starts_on=data["starts_on"],
            kind=data["kind"],
            ends_before=self.first_day_after(),
            user=self.user,
            day=self.day,
        )
