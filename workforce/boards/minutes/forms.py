"""What is noted at a meeting, approved after it and corrected later."""

from typing import Any

from django import forms

from peelsite.accounts.models import User
from peelsite.web.editing.forms import EditForm, ServiceForm
from workforce.boards.meetings.models import Board
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.minutes.services import correction_add, minutes_approve, notes_write


class NotesForm(EditForm):
    attended = forms.CharField(
        label="Present",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Names and offices, with apologies",
    )
    notes = forms.CharField(
        label="Other business",
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="Decisions and actions come by themselves. Leave an empty line between paragraphs",
    )

    def __init__(self, *args: Any, board: Board, **kwargs: Any) -> None:
        super().__init__(*args, record=board, **kwargs)

    def shown(self, record: Board) -> dict[str, Any]:
        return {"attended": record.attended, "notes": record.notes}

    def write(self) -> Board:
        data = self.cleaned_data
        return notes_write(board=self.record, attended=data["attended"], notes=data["notes"], seen=self.seen)


class ApproveForm(ServiceForm):
    """Nothing to fill in: `digest` is that of the minutes that were read."""

    digest = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, board: Board, user: User, digest: str, **kwargs: Any) -> None:
        self.board, self.user = board, user
        super().__init__(*args, initial={"digest": digest}, **kwargs)

    def write(self) -> Board:
        return minutes_approve(
            board=self.board, user=self.user, seen_digest=self.cleaned_data["digest"] or "unread"
        )


class CorrectionForm(ServiceForm):
    text = forms.CharField(
        label="Correction",
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="What is wrong, and what should stand there",
    )

    def __init__(self, *args: Any, board: Board, user: User, **kwargs: Any) -> None:
        self.board, self.user = board, user
        super().__init__(*args, **kwargs)

    def write(self) -> MinuteCorrection:
        return correction_add(board=self.board, text=self.cleaned_data["text"], user=self.user)
