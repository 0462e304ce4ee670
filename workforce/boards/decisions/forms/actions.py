"""What becomes of actions: agreed, closed, handed over."""

from typing import Any, ClassVar

from django import forms

from peelsite.accounts.models import User
from peelsite.web.editing.forms import EditForm, ServiceForm
from peelsite.web.forms import GovukDateField
from workforce.boards.decisions.models import ActionState, BoardAction
from workforce.boards.decisions.selectors import possible_owners
from workforce.boards.decisions.services import action_add, action_close, action_hand_over
from workforce.boards.meetings.models import Board

_REASON = forms.Textarea(attrs={"rows": 3})


class ActionForm(ServiceForm):
    text = forms.CharField(label="Action", widget=_REASON, help_text="What is done, in one sentence")
    owner = forms.ModelChoiceField(User.objects.none())
    due_on = GovukDateField(label="Due date")

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        self.board = board
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = possible_owners(board.force)

    def write(self) -> BoardAction:
        data = self.cleaned_data
        return action_add(board=self.board, text=data["text"], owner=data["owner"], due_on=data["due_on"])


class ActionCloseForm(EditForm):
    columns: ClassVar = {"state": None, "reason": None}

    STATES: ClassVar = [
        (ActionState.DONE.value, "It is done"),
        (ActionState.DROPPED.value, "It is dropped"),
    ]
    state = forms.ChoiceField(label="What became of it", choices=STATES, widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Remark",
        required=False,
        widget=_REASON,
        help_text="Why it is dropped, or what shows that it is done",
    )

    def __init__(self, *args: Any, action: BoardAction, user: User, day: Any, **kwargs: Any) -> None:
        self.user, self.day = user, day
        super().__init__(*args, record=action, **kwargs)

    def shown(self, record: BoardAction) -> dict[str, Any]:
        return {}

    def write(self) -> BoardAction:
        data = self.cleaned_data
        return action_close(
            action=self.record,
            state=data["state"],
            reason=data["reason"],
            user=self.user,
            day=self.day,
            seen=self.seen,
        )


class ActionHandOverForm(EditForm):
    owner = forms.ModelChoiceField(User.objects.none())
    due_on = GovukDateField(label="Due date")
    reason = forms.CharField(label="Reason", widget=_REASON, help_text="Why it changes hands or date")
    columns: ClassVar = {"reason": None}

    def __init__(self, *args: Any, action: BoardAction, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, record=action, **kwargs)
        self.fields["owner"].queryset = possible_owners(action.force)

    def shown(self, record: BoardAction) -> dict[str, Any]:
        return {"owner": record.owner_id, "due_on": record.due_on}

    def write(self) -> BoardAction:
        data = self.cleaned_data
        return action_hand_over(
            action=self.record,
            owner=data["owner"],
            due_on=data["due_on"],
            reason=data["reason"],
            user=self.user,
            seen=self.seen,
        )
