"""What is noted at a meeting, approved after it and corrected later."""

from typing import Any

from django import forms

from peelsite.accounts.models import User
from peelsite.web.editing.forms import ServiceForm
from workforce.boards.meetings.models import Board
from workforce.boards.minutes.models import MinuteCorrection
from workforce.boards.minutes.services import correction_add, minutes_approve, notes_write


class NotesForm(ServiceForm):
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
        self.board = board
        initial = {"attended": board.attended, "notes": board.notes, "version": board.version}
        super().__init__(*args, initial=initial, **kwargs)

    def write(self) -> Board:
        data = self.cleaned_data
        return notes_write(
            board=self.board,
            attended=data["attended"],
            notes=data["notes"],
            version=int(data["version"] or 0),
        )

    def _refuse(self, refused: Any) -> None:
        super()._refuse(refused)
        if getattr(refused, "code", "") == "changed":
            self.data = self.data.copy()
            self.data["version"] = str(Board.objects.values_list("version", flat=True).get(pk=self.board.pk))


class ApproveForm(ServiceForm):
    """Nothing to fill in: `version` is the digest of the minutes that were read."""

    def __init__(self, *args: Any, board: Board, user: User, digest: str, **kwargs: Any) -> None:
        self.board, self.user = board, user
        super().__init__(*args, initial={"version": digest}, **kwargs)

    def write(self) -> Board:
        return minutes_approve(
            board=self.board, user=self.user, seen_digest=self.cleaned_data["version"] or "unread"
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
