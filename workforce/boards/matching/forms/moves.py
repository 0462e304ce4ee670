"""What unit heads fill in: whom they propose, from when and how; and what they answer."""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from peelsite.accounts.models import User
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.editing.records import Overtaken
from peelsite.web.forms import GovukDateField
from workforce.boards.decisions.models import PostToFill, ToFillState
from workforce.boards.matching import services
from workforce.boards.matching.models import MATCH_CHOICES, AskedState, MoveAsked, MoveChain, MoveProposal
from workforce.boards.matching.selectors import Wanted
from workforce.boards.matching.services import KIND_BY_SOURCE
from workforce.forms import LastDayField
from workforce.people.models import Person, PostingKind

_KIND_HELP = "A substantive move ends the present posting; the others leave it theirs"


class CandidateForm(forms.Form):
    """What the list of people is looked through by."""

    mark_optional = False
    search = forms.CharField(label="Name or number", required=False, max_length=80)
    cannot = forms.BooleanField(label="Show also those who cannot, and why", required=False)
    wants = forms.BooleanField(label="Only those who would like to move", required=False)
    near = forms.TypedChoiceField(
        label="How far from where they work now",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", "Any distance"),
            (0, "The same location"),
            (20, "Up to 20 minutes"),
            (40, "Up to 40 minutes"),
        ],
    )


class UndoForm(EditForm):
    """Says yes to taking a match back."""

    def __init__(self, *args: Any, to_fill: PostToFill, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=to_fill, **kwargs)

    def shown(self, record: PostToFill) -> dict[str, Any]:
        return {}

    def write(self) -> PostToFill:
        return services.match_undo(to_fill=self.record, user=self.user, seen=self.seen)


class _ProposeForm(ServiceForm):
    """A person for a post. What clashes and may be accepted comes back with a box to tick."""

    starts_on = GovukDateField(label="First day in the post")
    kind = forms.ChoiceField(
        label="How",
        choices=MATCH_CHOICES,
        widget=forms.RadioSelect,
        help_text=_KIND_HELP,
    )
    ends_on = LastDayField(
        required=False, help_text="For acting, temporary promotion and attachment, where it is known"
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The head of their present unit reads it. Write nothing about health",
    )
    knowing = forms.BooleanField(
        label="Propose it all the same: I have settled this with those concerned", required=False
    )

    def __init__(self, *args: Any, person: Person, user: User, day: date, **kwargs: Any) -> None:
        self.person, self.user, self.day = person, user, day
        super().__init__(*args, **kwargs)
        if not self.is_bound or "knowing" not in self.data:
            self.fields["knowing"].widget = forms.HiddenInput()

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "person": self.person,
            "starts_on": data["starts_on"],
            "kind": data["kind"],
            "ends_before": self.first_day_after(),
            "note": data["note"],
            "knowing": data["knowing"],
            "user": self.user,
            "day": self.day,
        }

    def _refuse(self, refused: ValidationError) -> None:
        if "knowing" in getattr(refused, "error_dict", {}):
            self.fields["knowing"].widget = forms.CheckboxInput()
        super()._refuse(refused)


class MatchForm(_ProposeForm):
    """A person for a post that the board decided to fill."""

    in_chain = forms.BooleanField(
        label="Carry it out together with other moves (a chain), not at once", required=False
    )

    def __init__(self, *args: Any, to_fill: PostToFill, day: date, is_candidate: bool, **kwargs: Any) -> None:
        self.to_fill, self.is_candidate = to_fill, is_candidate
        decision = to_fill.decision
        kwargs["initial"] = {
            "starts_on": Wanted.of(to_fill, day).on,
            "kind": KIND_BY_SOURCE.get(decision.source, PostingKind.SUBSTANTIVE),
        } | (kwargs.get("initial") or {})
        super().__init__(*args, day=day, **kwargs)

    field_order = ("starts_on", "kind", "ends_on", "note", "in_chain", "knowing")

    def write(self) -> MoveProposal:
        if not self.is_candidate and self.to_fill.state == ToFillState.WAITING:
            raise Overtaken(
                f"{self.person} can no longer take post {self.to_fill.post.reference}: they changed post, "
                "left or are absent since you opened this page. Choose another person."
            )
        return services.move_propose(
            to_fill=self.to_fill, in_chain=self.cleaned_data["in_chain"], **self.given()
        )


class FollowForm(_ProposeForm):
    """A person for the post that somebody leaves, as the next move of a chain."""

    def __init__(self, *args: Any, proposal: MoveProposal, **kwargs: Any) -> None:
        self.proposal = proposal
        kwargs["initial"] = {"starts_on": proposal.starts_on, "kind": PostingKind.SUBSTANTIVE}
        super().__init__(*args, **kwargs)

    def write(self) -> MoveProposal:
        return services.chain_extend(proposal=self.proposal, **self.given())


class AnswerForm(EditForm):
    """What the head of the unit says to a move."""

    refused_as: ClassVar[dict[str, str]] = {"answer": "answer"}
    columns: ClassVar[dict[str, str | None]] = {"answer": "state"}

    answer = forms.ChoiceField(
        label="Your answer",
        choices=[
            (AskedState.AGREED.value, "Agree"),
            (AskedState.LATER.value, "Agree, but from another date"),
            (AskedState.REFUSED.value, "Refuse"),
        ],
        widget=forms.RadioSelect,
    )
    from_day = GovukDateField(
        label="From", required=False, help_text="Only if you agree from another date: the first day"
    )
    reason = forms.CharField(
        label="Reason",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed if you refuse. Whoever proposed the move reads it",
    )

    def __init__(
        self, *args: Any, asked: MoveAsked, user: User, day: date, is_own: bool, **kwargs: Any
    ) -> None:
        self.user, self.day = user, day
        super().__init__(*args, record=asked, **kwargs)
        if not is_own:
            self.fields["answer"].label = f"Answer for the head of {asked.unit}"
            self.fields["reason"].required = True
            self.fields["reason"].help_text = "Say why you answer for the head of the unit, and why so"

    def shown(self, record: MoveAsked) -> dict[str, Any]:
        state = record.state if record.state != AskedState.WAITING else None
        return {"answer": state, "from_day": record.from_day, "reason": record.reason}

    def write(self) -> MoveProposal:
        data = self.cleaned_data
        return services.move_answer(
            asked=self.record,
            answer=data["answer"],
            from_day=data["from_day"],
            reason=data["reason"],
            user=self.user,
            day=self.day,
            seen=self.seen,
        )


class _MoveForm(EditForm):
    """Says yes to something about a proposed move."""

    def __init__(self, *args: Any, proposal: MoveProposal, user: User, day: date, **kwargs: Any) -> None:
        self.user, self.day = user, day
        super().__init__(*args, record=proposal, **kwargs)

    def shown(self, record: MoveProposal) -> dict[str, Any]:
        return {}


class AcceptForm(_MoveForm):
    def write(self) -> MoveProposal:
        return services.move_accept(proposal=self.record, user=self.user, day=self.day, seen=self.seen)


class CarryOutForm(_MoveForm):
    def write(self) -> MoveProposal:
        return services.move_carry_out(proposal=self.record, user=self.user, day=self.day, seen=self.seen)


class WithdrawForm(_MoveForm):
    remarks: ClassVar[frozenset[str]] = frozenset({"why"})
    refused_as: ClassVar[dict[str, str]] = {"reason": "why"}
    why = forms.CharField(
        label="Why you take it back", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def write(self) -> MoveProposal:
        return services.move_withdraw(
            proposal=self.record, reason=self.cleaned_data["why"], user=self.user, seen=self.seen
        )


class ChainReasonForm(EditForm):
    below_minimum_reason = forms.CharField(
        label="Why a unit may fall below its minimum strength meanwhile",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Leave empty if it may not. The chain then waits until no unit falls below its minimum",
    )

    def __init__(self, *args: Any, chain: MoveChain, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=chain, **kwargs)

    def shown(self, record: MoveChain) -> dict[str, Any]:
        return {"below_minimum_reason": record.below_minimum_reason}

    def write(self) -> MoveChain:
        return services.chain_reason_set(
            chain=self.record,
            reason=self.cleaned_data["below_minimum_reason"],
            user=self.user,
            seen=self.seen,
        )


class ChainCarryOutForm(EditForm):
    def __init__(self, *args: Any, chain: MoveChain, user: User, day: date, **kwargs: Any) -> None:
        self.user, self.day = user, day
        super().__init__(*args, record=chain, **kwargs)

    def shown(self, record: MoveChain) -> dict[str, Any]:
        return {}

    def write(self) -> MoveChain:
        return services.chain_carry_out(chain=self.record, user=self.user, day=self.day, seen=self.seen)
